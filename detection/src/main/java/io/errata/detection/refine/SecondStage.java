package io.errata.detection.refine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.geometry.Box;
import io.errata.datasets.image.ImageCrops;
import io.errata.detection.network.CropArchitecture;
import io.errata.detection.network.CropNetwork;
import io.errata.detection.network.FoldedCropNetwork;
import java.nio.ByteBuffer;

/**
 * The trained second stage: cuts each box out in all its views, looks at it as it is and mirrored, averages its logits with that of the
 * score that the box came with, and moves the box once more.
 */
public final class SecondStage extends MirroredRefiner {

    private final FoldedCropNetwork network;
    private final CropArchitecture architecture;
    private final AutoCloseable owned;

    private SecondStage(FoldedCropNetwork network, AutoCloseable owned) {
        super(network.classes(), true, network.architecture().bytes());
        this.network = network;
        this.architecture = network.architecture();
        this.owned = owned;
    }

    /** A second stage with a network as it is now, which stays the caller's and may go on learning. */
    public static SecondStage of(CropNetwork network) {
        FoldedCropNetwork folded = network.fold();
        return new SecondStage(folded, folded);
    }

    /** A second stage with this network, which is closed with it. */
    public static SecondStage owning(CropNetwork network) {
        return new SecondStage(network.fold(), network);
    }

    @Override
    void cut(ImageCrops crops, Box box, byte[] target, int offset) {
        BoxViews.cut(crops, box, architecture, target, offset);
    }

    @Override
    float[] outputs(byte[] pixels, int count) {
        Shape shape = new Shape(count, architecture.side(), architecture.side(), architecture.channels());
        try (NDManager step = network.manager().newSubManager()) {
            NDArray crops = step.create(ByteBuffer.wrap(pixels), shape, DataType.UINT8);
            return network.infer(crops).toFloatArray();
        }
    }

    @Override
    public void close() {
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException("a network must close without an error", e);
        }
    }
}
