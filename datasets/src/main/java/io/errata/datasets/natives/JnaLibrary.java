package io.errata.datasets.natives;

import com.sun.jna.Platform;

/** The native part of JNA, by which the environment is set for OpenCV and the engine looks for GPUs. */
public final class JnaLibrary {

    private JnaLibrary() {}

    /** Call before JNA is touched; has no effect afterwards. */
    public static void prepare() {
        UnpackedLibrary.offer(
                "jna.boot.library.path",
                "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + System.mapLibraryName("jnidispatch"));
    }
}
