package io.errata.detection.refine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.geometry.Box;
import io.errata.datasets.image.ImageCrops;
import io.errata.detection.scan.WindowNetwork;
import java.nio.ByteBuffer;

/**
 * A second look without any training: the first stage's own network looks again at each box that it found, now cut out where it says
 * that the object is, as it is and mirrored. Its window's grid no longer matters then. Averages the logits and moves the box once more
 * (Gidaris and Komodakis 2015, "Object detection via a multi-region and semantic segmentation-aware CNN model", section 4).
 */
public final class SecondLook extends MirroredRefiner {

    private final WindowNetwork network;
    private final double context;

    private SecondLook(WindowNetwork network, double context) {
        super(network.classes(), network.predictsOffsets(), 3 * network.patch() * network.patch());
        this.network = network;
        this.context = context;
    }

    /**
     * A second look with this network.
     *
     * @param network safe to use from several threads; stays the caller's
     * @param context how much larger its windows are than the objects that they frame, per side
     */
    public static SecondLook with(WindowNetwork network, double context) {
        return new SecondLook(network, context);
    }

    @Override
    void cut(ImageCrops crops, Box box, byte[] target, int offset) {
        crops.cut(BoxViews.stretched(box, context), network.patch(), target, offset, 3);
    }

    @Override
    float[] outputs(byte[] pixels, int count) {
        Shape shape = new Shape(count, network.patch(), network.patch(), 3);
        try (NDManager step = network.manager().newSubManager()) {
            NDArray crops = step.create(ByteBuffer.wrap(pixels), shape, DataType.UINT8);
            return network.infer(crops.concat(crops.flip(2), 0)).toFloatArray();
        }
    }

    /** Nothing: the network is another's. */
    @Override
    public void close() {}
}
