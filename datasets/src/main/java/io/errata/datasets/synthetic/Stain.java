package io.errata.datasets.synthetic;

/** How strongly a layer absorbs red, green and blue light: optical densities, to be added up (Beer–Lambert). Negative ones shine. */
record Stain(double red, double green, double blue) {

    /** Pink: red cells. */
    static final Stain EOSIN = new Stain(0.09, 0.38, 0.34);

    /** Purple: chromatin, parasites, platelets. */
    static final Stain AZURE = new Stain(0.82, 1.10, 0.26);

    /** Pale blue violet: the body of a leukocyte. */
    static final Stain CYTOPLASM = new Stain(0.26, 0.30, 0.06);

    /** Nearly black: dust. */
    static final Stain DUST = new Stain(1.00, 1.05, 1.10);

    /** Brownish grey: the shadow around things that bend light. */
    static final Stain SHADOW = new Stain(0.70, 0.90, 0.85);

    Stain times(double factor) {
        return new Stain(red * factor, green * factor, blue * factor);
    }

    /** A slightly different dye lot. */
    Stain varied(Rng rng, double strength) {
        return new Stain(
                red * rng.between(1 - strength, 1 + strength),
                green * rng.between(1 - strength, 1 + strength),
                blue * rng.between(1 - strength, 1 + strength));
    }
}
