package io.errata.datasets.patch;

/** How training patches are mixed in pairs. */
public enum MixMethod {
    /** Not at all. */
    NONE,
    /** Pixel by pixel (Zhang et al. 2018, arXiv 1710.09412). */
    MIXUP,
    /** By pasting a square of the one into the other (Yun et al. 2019, arXiv 1905.04899). */
    CUTMIX
}
