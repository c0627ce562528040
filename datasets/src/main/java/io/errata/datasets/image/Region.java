package io.errata.datasets.image;

/**
 * A rectangle of whole pixels.
 *
 * @param x its left edge
 * @param y its upper edge
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Region(int x, int y, int width, int height) {}
