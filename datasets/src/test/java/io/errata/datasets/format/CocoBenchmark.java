package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.errata.datasets.Reading;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long COCO annotations of a million boxes on 100,000 images take to read, and how much memory. Run it with
 * {@code mvn -pl datasets -am test -Dtest=CocoBenchmark -Derrata.excludedGroups=none -Dsurefire.failIfNoSpecifiedTests=false}, and
 * pycocotools on the same file with
 * {@code python -c "import time, pycocotools.coco as c; t = time.time(); c.COCO('datasets/target/coco-benchmark.json'); print(time.time() - t)"}.
 */
@Tag("benchmark")
class CocoBenchmark {

    private static final int IMAGES = 100_000;
    private static final int BOXES = 1_000_000;
    private static final int CLASSES = 80;
    private static final int REPEATS = 4;

    @Test
    void readsAMillionBoxes() throws IOException {
        Path file = write(Path.of("target", "coco-benchmark.json"));
        for (int i = 0; i < REPEATS; i++) {
            long before = usedBytes();
            long allocated = allocatedBytes();
            long start = System.nanoTime();
            Reading reading = Coco.inspect(file, null, ReadOptions.defaults().withoutOpeningImages());
            double seconds = (System.nanoTime() - start) / 1e9;
            allocated = allocatedBytes() - allocated;
            assertThat(reading.orThrow().objectCount()).isEqualTo(BOXES);
            System.out.printf(
                    Locale.ROOT,
                    "%,d bytes in %.2f s; allocated %,d MB, of which %,d MB are the data set%n",
                    Files.size(file),
                    seconds,
                    allocated >> 20,
                    (usedBytes() - before) >> 20);
            assertThat(reading.dataset().images()).hasSize(IMAGES);
        }
    }

    private static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Path write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"annotations\": [");
            for (int i = 0; i < BOXES; i++) {
                out.write(i == 0 ? "\n" : ",\n");
                out.write(annotation(i, random));
            }
            out.write("],\n\"images\": [");
            for (int i = 0; i < IMAGES; i++) {
                out.write(String.format(
                        Locale.ROOT,
                        "%s{\"id\": %d, \"file_name\": \"%012d.jpg\", \"width\": 640, \"height\": 480}",
                        i == 0 ? "\n" : ",\n",
                        7 * i,
                        7 * i));
            }
            out.write("],\n\"categories\": [");
            for (int i = 0; i < CLASSES; i++) {
                out.write((i == 0 ? "\n" : ",\n") + "{\"id\": " + (i + 1) + ", \"name\": \"class " + i + "\"}");
            }
            out.write("]}\n");
        }
        return file;
    }

    /** One with a polygon of four corners, as COCO's have many. */
    private static String annotation(int id, SplittableRandom random) {
        double x = random.nextInt(50_000) / 100.0;
        double y = random.nextInt(40_000) / 100.0;
        double width = random.nextInt(100, 10_000) / 100.0;
        double height = random.nextInt(100, 7_000) / 100.0;
        return "{\"segmentation\": [[" + x + ", " + y + ", " + (x + width) + ", " + y + ", " + (x + width) + ", "
                + (y + height) + ", " + x + ", " + (y + height) + "]], \"area\": " + width * height
                + ", \"iscrowd\": 0, \"image_id\": " + 7 * random.nextInt(IMAGES) + ", \"bbox\": [" + x + ", " + y
                + ", " + width + ", " + height + "], \"category_id\": " + random.nextInt(1, CLASSES + 1)
                + ", \"id\": " + id + "}";
    }
}
