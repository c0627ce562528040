package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.synthetic.SyntheticDatasets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages annotation and image files at random and reads them: what comes out must be a reading whose problems are told, never another
 * exception. {@code -Derrata.fuzz=10000} sets the number of mutations, {@code -Derrata.fuzz.seed=7} the seed; the files are real ones
 * where {@code errata.data} names some, and otherwise drawn.
 */
@Tag("fuzz")
class FuzzTest {

    private static final int MUTATIONS = Integer.getInteger("errata.fuzz", 400);
    private static final long SEED = Long.getLong("errata.fuzz.seed", 7);
    private static final long MAX_PIXELS = 2_000_000;
    private static final long MAX_ALLOCATED = 64L << 20;
    private static final List<String> NUMBERS = List.of(
            "NaN",
            "1e999",
            "-1",
            "0",
            "99999999999999999999",
            "2147483648",
            "-0.0",
            "Infinity",
            "1e-320",
            "0x10",
            "",
            "½");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern TAG = Pattern.compile("<[^>]*>|[\\[\\]{}:,\"]");

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, Integer> outcomes = new TreeMap<>();

    /** A data set of a few files: the specification that reads it, and the file that is damaged. */
    private record Target(String spec, Path file, byte[] sound) {}

    @Test
    void survivesAnyDamage() throws IOException {
        List<Target> targets = targets();
        long mostAllocated = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Target target = targets.get(i % targets.size());
            byte[] damaged = mutated(target.sound());
            Files.write(target.file(), damaged);
            long before = allocated();
            String outcome = read(target, i, damaged);
            mostAllocated = Math.max(mostAllocated, allocated() - before);
            outcomes.merge(target.spec().replaceFirst(":.*", "") + " " + outcome, 1, Integer::sum);
            Files.write(target.file(), target.sound());
        }
        System.out.println("fuzz, " + MUTATIONS + " mutations, seed " + SEED + ", at most " + (mostAllocated >> 20)
                + " MiB allocated: " + outcomes);
        assertThat(mostAllocated).as("bytes allocated to read one file").isLessThan(MAX_ALLOCATED);
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(MUTATIONS);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private String read(Target target, int mutation, byte[] damaged) throws IOException {
        try {
            return target.spec().startsWith("image:") ? decode(target.file()) : annotations(target.spec());
        } catch (InvalidInputException e) {
            return kind(e.problems());
        } catch (RuntimeException | Error e) {
            Path kept = Files.write(
                    Path.of(System.getProperty("java.io.tmpdir")).resolve("fuzz-" + SEED + "-" + mutation), damaged);
            throw new AssertionError(
                    "seed " + SEED + ", mutation " + mutation + " of " + target.spec() + ", kept in " + kept, e);
        }
    }

    private static String decode(Path file) {
        Pixels pixels = new ImageFile(file, MAX_PIXELS).read();
        assertThat(pixels.rgb()).hasSize(3 * pixels.width() * pixels.height());
        return "read";
    }

    private static String annotations(String spec) {
        Reading reading = DatasetSpec.parse(spec).readThoroughly();
        for (AnnotatedImage image : reading.dataset().images()) {
            image.objects()
                    .forEach(object ->
                            assertThat(object.box().area()).isPositive().isFinite());
        }
        reading.problems()
                .forEach(problem -> assertThat(problem.problem()).isNotBlank().hasSizeLessThan(2000));
        return reading.problems().isEmpty() ? "read" : kind(reading.problems());
    }

    private static String kind(List<Problem> problems) {
        return problems.get(0).kind();
    }

    private byte[] mutated(byte[] sound) {
        byte[] damaged = sound;
        for (int times = random.nextInt(3) == 0 ? 3 : 1; times > 0; times--) {
            damaged = damaged.length == 0
                    ? damaged
                    : switch (random.nextInt(6)) {
                        case 0 -> flipped(damaged);
                        case 1 -> Arrays.copyOf(damaged, random.nextInt(damaged.length));
                        case 2 -> inserted(damaged);
                        case 3 -> replaced(damaged, NUMBER, NUMBERS.get(random.nextInt(NUMBERS.size())));
                        case 4 -> replaced(damaged, TAG, "");
                        default -> doubled(damaged);
                    };
        }
        return damaged;
    }

    private byte[] flipped(byte[] bytes) {
        byte[] damaged = bytes.clone();
        for (int times = 1 + random.nextInt(8); times > 0; times--) {
            damaged[place(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    private byte[] inserted(byte[] bytes) {
        byte[] more = new byte[1 + random.nextInt(16)];
        for (int i = 0; i < more.length; i++) {
            more[i] = (byte) random.nextInt();
        }
        return spliced(bytes, place(bytes.length), 0, more);
    }

    private byte[] doubled(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(200));
        return spliced(bytes, from, 0, Arrays.copyOfRange(bytes, from, to));
    }

    private byte[] replaced(byte[] bytes, Pattern what, String by) {
        List<MatchResult> found = what.matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                .results()
                .toList();
        if (found.isEmpty()) {
            return flipped(bytes);
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        return spliced(bytes, one.start(), one.end() - one.start(), by.getBytes(StandardCharsets.UTF_8));
    }

    /** Anywhere, but every other time among the first bytes, where headers are. */
    private int place(int length) {
        return random.nextInt(random.nextBoolean() ? Math.min(length, 300) : length);
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] added) {
        byte[] spliced = new byte[bytes.length - removed + added.length];
        System.arraycopy(bytes, 0, spliced, 0, at);
        System.arraycopy(added, 0, spliced, at, added.length);
        System.arraycopy(bytes, at + removed, spliced, at + added.length, bytes.length - at - removed);
        return spliced;
    }

    private List<Target> targets() throws IOException {
        String data = System.getProperty("errata.data", "");
        List<Target> targets = new ArrayList<>(drawn());
        if (!data.isBlank()) {
            targets.addAll(real(Path.of(data)));
        }
        for (String name : List.of(
                "cmyk.jpg", "exif6.jpg", "grey16.png", "grey16.tif", "cmyk.tif", "lossless.webp", "palette.png")) {
            try (var in = ImageFile.class.getResourceAsStream(name)) {
                Path file = Files.write(folder.resolve(name), in.readAllBytes());
                targets.add(target("image:" + name, file));
            }
        }
        return targets;
    }

    /** One drawn image, annotated in every format. */
    private List<Target> drawn() throws IOException {
        AnnotatedImage image = SyntheticDatasets.create("smear", Map.of("images", "1"))
                .images()
                .get(0);
        Path root = folder.resolve("drawn");
        Path png = root.resolve("images/a.png");
        ImageFile.write(image.source().read(), png);
        ImageFile.write(image.source().read(), root.resolve("jpeg/a.jpg"));
        StringBuilder voc = new StringBuilder("<annotation>\n<filename>a.png</filename>\n");
        StringBuilder dlib =
                new StringBuilder("<?xml version='1.0'?>\n<dataset>\n<images>\n<image file='images/a.png'>\n");
        StringBuilder csv = new StringBuilder("filename,class,xmin,ymin,xmax,ymax\n");
        StringBuilder cvat = new StringBuilder(
                "<annotations><meta><task><labels><label><name>cell</name></label></labels></task></meta>\n<image name=\"images/a.png\">\n");
        StringBuilder yolo = new StringBuilder();
        StringBuilder coco = new StringBuilder();
        image.objects().forEach(object -> {
            var box = object.box();
            voc.append(String.format(
                    Locale.ROOT,
                    "<object><name>cell</name><bndbox><xmin>%.1f</xmin><ymin>%.1f</ymin><xmax>%.1f</xmax><ymax>%.1f</ymax></bndbox></object>%n",
                    box.x1(),
                    box.y1(),
                    box.x2(),
                    box.y2()));
            dlib.append(String.format(
                    Locale.ROOT,
                    "<box top='%.0f' left='%.0f' width='%.0f' height='%.0f'><label>cell</label></box>%n",
                    box.y1(),
                    box.x1(),
                    box.width(),
                    box.height()));
            csv.append(String.format(
                    Locale.ROOT, "images/a.png,cell,%.1f,%.1f,%.1f,%.1f%n", box.x1(), box.y1(), box.x2(), box.y2()));
            cvat.append(String.format(
                    Locale.ROOT,
                    "<box label='cell' xtl='%.1f' ytl='%.1f' xbr='%.1f' ybr='%.1f' rotation='9'/>%n"
                            + "<polygon label='cell' points='%.1f,%.1f;%.1f,%.1f;%.1f,%.1f'/>%n"
                            + "<mask label='cell' left='1' top='2' width='3' height='2' rle='1, 4, 1'/>%n",
                    box.x1(),
                    box.y1(),
                    box.x2(),
                    box.y2(),
                    box.x1(),
                    box.y1(),
                    box.x2(),
                    box.y1(),
                    box.x2(),
                    box.y2()));
            yolo.append(String.format(
                    Locale.ROOT,
                    "0 %.6f %.6f %.6f %.6f%n",
                    (box.x1() + box.x2()) / 2 / image.width(),
                    (box.y1() + box.y2()) / 2 / image.height(),
                    box.width() / image.width(),
                    box.height() / image.height()));
            coco.append(coco.isEmpty() ? "" : ",\n")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"id\": %d, \"image_id\": 1, \"category_id\": 1, \"bbox\": [%.1f, %.1f, %.1f, %.1f]}",
                            coco.length(),
                            box.x1(),
                            box.y1(),
                            box.width(),
                            box.height()));
        });
        Samples.text(root.resolve("labels/a.txt"), yolo.toString());
        return List.of(
                target("voc:" + root, Samples.text(root.resolve("annots/a.xml"), voc + "</annotation>\n")),
                target(
                        "dlib:" + root.resolve("d.dlib"),
                        Samples.text(root.resolve("d.dlib"), dlib + "</image></images></dataset>\n")),
                target(
                        "cvat:" + root.resolve("c.xml.txt"),
                        Samples.text(root.resolve("c.xml.txt"), cvat + "</image></annotations>\n")),
                target("csv:" + root.resolve("d.csv"), Samples.text(root.resolve("d.csv"), csv.toString())),
                target(
                        "yolo:" + root.resolve("data.yaml"),
                        Samples.text(root.resolve("data.yaml"), "path: .\nnames:\n  0: cell\ntrain: images\n")),
                target("yolo:" + root.resolve("data.yaml"), root.resolve("labels/a.txt")),
                target(
                        "coco:" + root.resolve("d.json"),
                        Samples.text(
                                root.resolve("d.json"),
                                "{\"images\": [{\"id\": 1, \"file_name\": \"images/a.png\"}],\n\"annotations\": ["
                                        + coco + "],\n\"categories\": [{\"id\": 1, \"name\": \"cell\"}]}")),
                target("csv:" + root.resolve("d.csv"), png),
                target("images:" + root.resolve("images"), png),
                target("image:png", png),
                target("image:jpg", root.resolve("jpeg/a.jpg")));
    }

    private List<Target> real(Path data) throws IOException {
        Path root = folder.resolve("real");
        Path voc = copied(data.resolve("bccd_voc/Annotations/BloodImage_00001.xml"), root.resolve("voc/a.xml"));
        Path jpg = copied(data.resolve("bccd_voc/JPEGImages/BloodImage_00001.jpg"), root.resolve("voc/a.jpg"));
        Path dlib = copied(data.resolve("faces_dlib_xml/testing.xml"), root.resolve("dlib/testing.xml"));
        Path coco = copied(first(data.resolve("foosball_coco/test"), ".json"), root.resolve("coco/a.json"));
        Path yolo = copied(
                first(data.resolve("thermal_cheetah_yolo/test/labels"), ".txt"), root.resolve("yolo/labels/a.txt"));
        copied(first(data.resolve("thermal_cheetah_yolo/test/images"), ".jpg"), root.resolve("yolo/images/a.jpg"));
        Path yaml = Samples.text(root.resolve("yolo/data.yaml"), "names: [cheetah, human]\ntrain: images\n");
        return List.of(
                target("voc:" + root.resolve("voc"), voc),
                target("image:jpg", jpg),
                target("dlib:" + dlib, dlib),
                target("coco:" + coco, coco),
                target("yolo:" + yaml, yolo));
    }

    private static Path copied(Path from, Path to) throws IOException {
        Files.createDirectories(FileTree.folderOf(to));
        return Files.copy(from, to);
    }

    private static Path first(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Target target(String spec, Path file) throws IOException {
        return new Target(spec, file, Files.readAllBytes(file));
    }
}
