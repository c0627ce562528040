package io.errata.datasets.synthetic;

import java.util.function.Function;

/**
 * What resembles a parasite. The kinds are heavy-tailed: four that are everywhere and easily distinguished, and five that are seldom and
 * close, which is why random background rarely shows them to a training.
 */
enum Confuser {
    STAIN_BLOB(0.30, 1.0, true, Figures::stainBlob),
    PLATELETS(0.24, 1.1, true, Figures::platelets),
    BARE_DOT(0.14, 0.42, false, Figures::bareDot),
    BUBBLE(0.14, 0.8, false, Figures::bubble),
    BARE_RING(0.05, 0.95, false, Figures::bareRing),
    CAPPED_DISC(0.04, 1.0, false, Figures::cappedDisc),
    DOT_BESIDE_RING(0.04, 1.3, false, Figures::dotBesideRing),
    DOT_IN_RING(0.03, 0.95, false, Figures::dotInRing),
    OPEN_RING(0.02, 1.0, false, Figures::openRing);

    private final double share;
    private final double size;
    private final boolean touching;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
    private final Function<Rng, Figure> drawing;

    /**
     * @param share its share of all confusers; the shares add up to 1
     * @param size its size relative to a parasite's
     * @param touching whether it may touch a parasite: shapeless things may, whereas dots and rings would make another figure of it
     */
    Confuser(double share, double size, boolean touching, Function<Rng, Figure> drawing) {
        this.share = share;
        this.size = size;
        this.touching = touching;
        this.drawing = drawing;
    }

    /** A kind, by the shares. */
    static Confuser random(Rng rng) {
        double left = rng.between(0, 1);
        for (Confuser kind : values()) {
            left -= kind.share;
            if (left < 0) {
                return kind;
            }
        }
        return STAIN_BLOB;
    }

    boolean touching() {
        return touching;
    }

    /** One of this kind around the origin, as large as a parasite of {@code size} pixels would have it. */
    Figure draw(Rng rng, double size) {
        return drawing.apply(rng).fitted(size * this.size);
    }
}
