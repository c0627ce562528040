package io.errata.datasets.pyramid;

import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.image.Region;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;

/**
 * One decoded image and its levels, each made when it is asked for, as a whole or in parts: area averaging along an axis that shrinks,
 * bilinear along one that grows. Nothing but the image is held. Safe to use from several threads; close it, it owns native memory.
 */
public final class Pyramid implements AutoCloseable {

    private final DecodedImage image;
    private final WindowGeometry geometry;

    private Pyramid(DecodedImage image, WindowGeometry geometry) {
        this.image = image;
        this.geometry = geometry;
    }

    /** The levels of an image, which is closed with them. */
    public static Pyramid of(DecodedImage image, WindowGeometry geometry) {
        return new Pyramid(image, geometry);
    }

    /** The levels of a copy of these pixels. */
    public static Pyramid of(Pixels image, WindowGeometry geometry) {
        return of(DecodedImage.of(image), geometry);
    }

    /** The windows of a level, whose pixels are not made for it. */
    public LevelGrid grid(int level) {
        return geometry.grid(level, image.width(), image.height());
    }

    /** A whole level. */
    public Level level(int index) {
        return level(grid(index));
    }

    /** A level, or the part of one that these windows cover; their pixels are the same to the bit. */
    public Level level(LevelGrid grid) {
        if (grid.equals(grid(grid.level()))) {
            return new Level(grid, image.resized(grid.width(), grid.height(), geometry.border()));
        }
        return new Level(
                grid, region(grid, new Region(grid.pixelX(), grid.pixelY(), grid.paddedWidth(), grid.paddedHeight())));
    }

    /**
     * Some pixels of a level with its border.
     *
     * @param region in pixels of the whole level with its border
     * @return shape {@code [region.height(), region.width(), 3]}
     */
    public byte[] region(LevelGrid level, Region region) {
        return image.resized(level.width(), level.height(), geometry.border(), region);
    }

    /** The image itself, closed with its pyramid. */
    public DecodedImage image() {
        return image;
    }

    public WindowGeometry geometry() {
        return geometry;
    }

    @Override
    public void close() {
        image.close();
    }
}
