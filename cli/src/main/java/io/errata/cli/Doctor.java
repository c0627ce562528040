package io.errata.cli;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import ai.djl.util.Utils;
import com.sun.management.OperatingSystemMXBean;
import io.errata.datasets.image.OpenCvLibrary;
import io.errata.detection.engine.EngineEnvironment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.opencv.core.Core;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at everything that Errata needs of a machine: Java, memory, the native libraries, and whether the engine counts right. */
final class Doctor {

    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);
    private static final long MIB = 1L << 20;
    private static final int SIDE = 512;

    private final List<Finding> findings = new ArrayList<>();

    /** Every finding, in the order in which things depend on each other. Loads the engine. */
    List<Finding> examine() {
        look("java", () -> ok(Runtime.version().feature() >= 17, Runtime.version() + " (needed: 17 or later)"));
        look("memory", Doctor::memory);
        look(
                "threads",
                () -> ok(
                        true,
                        Runtime.getRuntime().availableProcessors() + " processors, engine threads "
                                + EngineEnvironment.threads(0) + "; " + waiting(System.getenv())));
        look("native cache", Doctor::cache);
        look("opencv", () -> {
            OpenCvLibrary.load();
            return ok(true, Core.VERSION);
        });
        look("engine", () -> {
            Engine engine = Engine.getInstance();
            return ok(true, engine.getEngineName() + " " + engine.getVersion() + ", DJL " + Engine.getDjlVersion());
        });
        if (findings.get(findings.size() - 1).ok()) {
            look("gpu", Doctor::gpu);
            look("matrix product", Doctor::matrixProduct);
            look("gradient", Doctor::gradient);
        }
        return List.copyOf(findings);
    }

    /** A finding that has no name yet. */
    private static Finding ok(boolean ok, String found) {
        return new Finding("", ok, found);
    }

    private void look(String name, Callable<Finding> check) {
        Finding finding;
        try {
            finding = check.call();
        } catch (Exception | LinkageError e) {
            LOG.debug("{}", name, e);
            finding = ok(false, e.toString());
        }
        findings.add(new Finding(name, finding.ok(), finding.found()));
    }

    /** How the engine's threads wait for each other, which shows where other programs keep the processors busy. */
    static String waiting(Map<String, String> environment) {
        String policy = environment.get("OMP_WAIT_POLICY");
        String spins = environment.get("GOMP_SPINCOUNT");
        if (spins != null) {
            return "these sleep after " + spins + " looks (GOMP_SPINCOUNT)";
        }
        return policy != null
                ? "these wait as OMP_WAIT_POLICY=" + policy + " says"
                : "these spin while they wait, many times slower where other programs keep the"
                        + " processors busy; set GOMP_SPINCOUNT=2000 in the environment before Java starts";
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory() / MIB;
        String whole = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? " of " + system.getTotalMemorySize() / MIB + " MiB"
                : "";
        return ok(heap >= 512, "at most " + heap + " MiB" + whole + " for Java's heap (needed: 512)");
    }

    private static Finding cache() throws IOException {
        Path cache = Utils.getEngineCacheDir().toAbsolutePath();
        Path existing = cache;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        long free = Files.getFileStore(existing).getUsableSpace() / MIB;
        boolean writable = Files.isDirectory(existing) && Files.isWritable(existing);
        return ok(
                writable,
                cache
                        + (writable
                                ? ", " + free + " MiB free"
                                : " is not writable; set DJL_CACHE_DIR to a folder that is"));
    }

    private static Finding gpu() {
        int count = Engine.getInstance().getGpuCount();
        return ok(true, count == 0 ? "none seen, the processor is used" : count + " seen (CUDA)");
    }

    /** Ones times ones: every element of the product is the side. */
    private static Finding matrixProduct() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray ones = manager.ones(new Shape(SIDE, SIDE));
            float first = ones.matMul(ones).getFloat(0, 0);
            long start = System.nanoTime();
            float[] product = ones.matMul(ones).toFloatArray();
            double milliseconds = (System.nanoTime() - start) / 1e6;
            boolean right = first == SIDE && product[product.length - 1] == SIDE;
            return ok(
                    right,
                    String.format(
                            Locale.ROOT, "%d × %d in %.1f ms%s", SIDE, SIDE, milliseconds, right ? "" : ", wrong"));
        }
    }

    /**
     * The sum of a 3 × 3 image of 1 to 9 under a 2 × 2 kernel: the gradient of a weight is the sum of the four pixels that it meets,
     * 1+2+4+5, 2+3+5+6, 4+5+7+8 and 5+6+8+9.
     */
    private static Finding gradient() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray image = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new Shape(1, 1, 3, 3));
            NDArray kernel = manager.ones(new Shape(1, 1, 2, 2));
            kernel.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(
                        Conv2d.conv2d(image, kernel).singletonOrThrow().sum());
            }
            float[] gradient = kernel.getGradient().toFloatArray();
            boolean right = Arrays.equals(gradient, new float[] {12, 16, 24, 28});
            return ok(
                    right,
                    right ? "of a convolution is right" : "of a convolution is wrong: " + Arrays.toString(gradient));
        }
    }
}
