package io.errata.datasets.synthetic;

import static java.util.Objects.requireNonNull;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.Pixels;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Stained blood under a microscope, drawn by program: pink cells, a rare parasite, and much that resembles it in parts. A parasite is
 * a closed, hollow purple ring with exactly one dot on it, 14 to 28 pixels long on its longer side; its box is the smallest one around
 * both. What resembles it is heavy-tailed: blobs, platelets, dots and bubbles are common, whereas the close ones (a ring without a dot,
 * with a dot beside or within it, half a ring, a disc with a dot) are few, and windows drawn at random from the background seldom show
 * them.
 *
 * <p>Immutable and safe to use from several threads. The same settings give the same bytes on every machine.
 */
public final class SmearScenes {

    /** The only class of objects. */
    public static final String TARGET = "parasite";

    private final SmearSettings settings;

    private SmearScenes(SmearSettings settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    public static SmearScenes of(SmearSettings settings) {
        return new SmearScenes(settings);
    }

    /** All images, {@code smear-0001.png} and so on, with their parasites. Draws none of them: that happens when one is read. */
    public Dataset dataset() {
        return new Dataset(
                List.of(TARGET),
                IntStream.range(0, settings.images()).mapToObj(this::image).toList());
    }

    /**
     * Draws an image anew.
     *
     * @param index from 0 to the number of images − 1
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public Pixels draw(int index) {
        return Scene.plan(settings, Objects.checkIndex(index, settings.images()))
                .draw();
    }

    private AnnotatedImage image(int index) {
        List<GroundTruth> objects = Scene.plan(settings, index).targets().stream()
                .map(box -> GroundTruth.of(TARGET, box))
                .toList();
        String name = String.format(Locale.ROOT, "smear-%04d.png", index + 1);
        return new AnnotatedImage(name, () -> draw(index), settings.width(), settings.height(), objects);
    }
}
