package io.errata.datasets.pyramid;

import io.errata.datasets.window.LevelGrid;

/**
 * One level of an image's pyramid, the resized image with its replicated border, or the part of it under some of its windows.
 *
 * @param grid the windows on it
 * @param pixels shape {@code [grid.paddedHeight(), grid.paddedWidth(), 3]}, red, green and blue bytes; shared, not copied
 */
public record Level(LevelGrid grid, byte[] pixels) {}
