package io.errata.datasets.patch;

/**
 * Where samplers get the pixels of patches from, each of shape {@code [P, P, 3]}, good until the next call and the caller's to change
 * until then. Used from one thread at a time.
 */
public interface PatchSource {

    /** The own pixels of the window of this key. */
    byte[] window(long key);

    /**
     * A patch about any place of a level at any scale.
     *
     * @param centreX of the patch, in pixels of the level with its border
     * @param centreY of the patch
     * @param zoom pixels of the level for one of the patch, &gt; 0
     */
    byte[] frame(int image, int level, double centreX, double centreY, double zoom);
}
