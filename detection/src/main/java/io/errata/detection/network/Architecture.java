package io.errata.detection.network;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.window.WindowSettings;
import io.errata.detection.network.ReceptiveField.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan of a small fully convolutional network without padding whose receptive field is exactly one patch: strided layers first,
 * then 3 × 3 layers until one output is left of a patch, then a 1 × 1 head.
 *
 * @param patch the side of a patch, which the receptive field must equal
 * @param stride the total stride, 4 or 8
 * @param widths filters of the layers in order: the strided ones, the middle ones (the last of these repeated as needed), the final one
 * @param batchNorm whether a batch normalisation follows every convolution but the head
 * @param boxRegression whether the head also predicts four box offsets, whatever the class
 */
public record Architecture(int patch, int stride, List<Integer> widths, boolean batchNorm, boolean boxRegression) {

    public Architecture {
        widths = List.copyOf(widths);
        if (stride != 4 && stride != 8) {
            throw problem("windows.stride must be 4 or 8, found " + stride);
        }
        if (widths.size() < stem(stride) + 2 || !widths.stream().allMatch(NetworkSettings::isWidth)) {
            throw problem("network.widths must have at least " + (stem(stride) + 2) + " numbers from 1 to "
                    + NetworkSettings.MAX_WIDTH + " at stride " + stride + ", found " + widths);
        }
        if (patch > WindowSettings.MAX_PATCH) {
            throw problem("windows.patch must be at most " + WindowSettings.MAX_PATCH + ", found " + patch);
        }
        layers(patch, stride, widths);
    }

    /**
     * The plan of a network for windows of this patch and stride.
     *
     * @throws InvalidInputException if no such network sees exactly a patch, or it has too few widths
     */
    public static Architecture of(int patch, int stride, NetworkSettings settings) {
        return new Architecture(patch, stride, settings.widths(), settings.batchNorm(), settings.boxRegression());
    }

    /** For patches of 32 pixels every 4, with the default settings. */
    public static Architecture withDefaults() {
        return of(32, 4, NetworkSettings.withDefaults());
    }

    /** The layers before the head, in order. */
    public List<Layer> layers() {
        return layers(patch, stride, widths);
    }

    /** How many layers have a width of their own before the middle ones. */
    private static int stem(int stride) {
        return stride == 4 ? 3 : 5;
    }

    /**
     * The strided layers, of which the first has the kernel (3 to 6) and the last of all the kernel (2 or 3) that make the receptive
     * field come out as asked.
     */
    private static List<Layer> layers(int patch, int stride, List<Integer> widths) {
        for (int lastStem = 3; lastStem >= 2; lastStem--) {
            for (int first = 3; first <= 6; first++) {
                List<Layer> layers = stem(first, lastStem, stride, widths);
                int rest = patch - ReceptiveField.of(layers).side();
                if (rest >= stride && rest % stride == 0) {
                    finish(layers, rest / stride, widths);
                    return layers;
                }
            }
        }
        throw problem("windows.patch must be one that a network of stride " + stride + " can see exactly, at least "
                + (stride == 4 ? 13 : 31) + ", found " + patch);
    }

    private static List<Layer> stem(int first, int last, int stride, List<Integer> widths) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(widths.get(0), first, 2));
        layers.add(new Layer(widths.get(1), 3, 1));
        layers.add(new Layer(widths.get(2), stride == 4 ? last : 3, 2));
        if (stride == 8) {
            layers.add(new Layer(widths.get(3), 3, 1));
            layers.add(new Layer(widths.get(4), last, 2));
        }
        return layers;
    }

    /** Layers at full stride that widen the receptive field by so many strides. */
    private static void finish(List<Layer> layers, int steps, List<Integer> widths) {
        int middle = (steps - 1) / 2;
        for (int i = 0; i < middle; i++) {
            layers.add(new Layer(widths.get(Math.min(layers.size(), widths.size() - 2)), 3, 1));
        }
        layers.add(new Layer(widths.get(widths.size() - 1), steps - 2 * middle + 1, 1));
    }

    private static InvalidInputException problem(String problem) {
        return new InvalidInputException(Problem.of("network", problem));
    }
}
