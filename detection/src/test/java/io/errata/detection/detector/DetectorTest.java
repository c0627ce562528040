package io.errata.detection.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import io.errata.detection.Detection;
import io.errata.detection.DetectionSettings;
import io.errata.detection.TinyData;
import io.errata.detection.engine.DeviceSetting;
import io.errata.detection.evaluation.Evaluation;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector of an untrained network: every window scores about 0.01, so that what happens to windows can be seen. */
class DetectorTest {

    private static final Architecture PLAN = new Architecture(16, 4, List.of(4, 5, 6, 7, 8), true, true);
    private static final WindowGeometry GEOMETRY =
            new WindowGeometry(16, 4, 1.5, List.of(WindowShape.of(24, 1), WindowShape.of(400, 1)));
    private static final List<String> CLASSES = List.of("a", "b");
    private static final Dataset IMAGES = TinyData.images(3);

    private static Network network;

    @BeforeAll
    static void create() {
        network = Network.create(PLAN, 2, 3, Device.cpu());
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void obeysItsSettings() {
        try (Detector detector = detector(new DetectionSettings(0.001, 0.2, 17))) {
            List<Detection> found =
                    detector.detect(IMAGES.images().get(0).source().read());

            assertThat(found).hasSize(17).allMatch(detection -> detection.score() > 0.001);
            assertThat(found)
                    .isSortedAccordingTo(
                            Comparator.comparingDouble(Detection::score).reversed());
            for (Detection one : found) {
                assertThat(one.box().x1()).isBetween(0.0, 240.0);
                assertThat(one.box().x2()).isBetween(one.box().x1(), 240.0);
                assertThat(one.box().y1()).isBetween(0.0, 200.0);
                assertThat(one.box().y2()).isBetween(one.box().y1(), 200.0);
                assertThat(CLASSES).contains(one.label());
                assertThat(found.stream()
                                .filter(other ->
                                        !other.equals(one) && other.label().equals(one.label()))
                                .mapToDouble(other -> other.box().iou(one.box()))
                                .max()
                                .orElse(0))
                        .isLessThanOrEqualTo(0.2);
            }
        }
        try (Detector strict = detector(new DetectionSettings(0.9, 0.4, 100))) {
            assertThat(strict.detect(IMAGES.images().get(0).source().read())).isEmpty();
        }
    }

    @Test
    void findsInAnImageWhatItFindsAmongOthers() {
        try (Detector detector = detector(new DetectionSettings(0.001, 0.4, 20))) {
            List<List<Detection>> together = detector.detectAll(IMAGES.images());

            assertThat(together).hasSize(3);
            for (int i = 0; i < 3; i++) {
                List<Detection> alone =
                        detector.detect(IMAGES.images().get(i).source().read());
                assertThat(alone).hasSameSizeAs(together.get(i));
                for (int d = 0; d < alone.size(); d++) {
                    assertThat(alone.get(d).score())
                            .isCloseTo(together.get(i).get(d).score(), offset(1e-4));
                }
            }
        }
    }

    @Test
    void detectsOnTheSmallestImageAndOnNone() {
        try (Detector detector = detector(new DetectionSettings(0, 0.4, 100))) {
            assertThat(detector.detect(new Pixels(1, 1, new byte[3])))
                    .allSatisfy(found -> assertThat(found.box().x2()).isLessThanOrEqualTo(1));
            assertThat(detector.detectAll(List.of())).isEmpty();
        }
    }

    @Test
    void givesBackAllNativeMemory() {
        BaseNDManager manager = (BaseNDManager) network.manager();
        int arrays = manager.getManagedArrays().size();
        try (Detector detector = detector(DetectionSettings.withDefaults())) {
            detector.detectAll(IMAGES.images());
            int working = manager.getManagedArrays().size();
            detector.detectAll(IMAGES.images());
            assertThat(manager.getManagedArrays()).hasSize(working);
        }
        assertThat(manager.getManagedArrays()).hasSize(arrays);
    }

    @Test
    void evaluatesOnImagesOfItsClasses() {
        Dataset two = new Dataset(
                CLASSES,
                IMAGES.images().stream()
                        .map(image -> image.withObjects(List.of(GroundTruth.of("a", new Box(20, 20, 60, 60)))))
                        .toList());
        try (Detector detector = detector(new DetectionSettings(0.001, 0.4, 100))) {
            Evaluation evaluation = detector.evaluate(two);
            assertThat(evaluation.ap50()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void refusesANetworkOfAnotherGeometry() {
        WindowGeometry other = new WindowGeometry(20, 4, 1.5, GEOMETRY.shapes());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Detector.of(network, other, CLASSES, DetectionSettings.withDefaults()))
                .withMessageContaining("20 and 4, found 16 and 4");
    }

    @Test
    void refusesWhatIsNoImage(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("a.png"), "no image");
        try (Detector detector = detector(DetectionSettings.withDefaults())) {
            assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> detector.detect(text));
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> detector.detect(folder.resolve("none.png")));
        }
    }

    @Test
    void devicesAreWrittenAsPeopleWriteThem() {
        assertThat(DeviceSetting.of(Device.cpu()).text()).isEqualTo("cpu");
        assertThat(DeviceSetting.of(Device.gpu(0)).text()).isEqualTo("gpu:0");
        assertThat(DeviceSetting.of(Device.gpu(3)).text()).isEqualTo("gpu:3");
    }

    private static Detector detector(DetectionSettings settings) {
        return Detector.of(network, GEOMETRY, CLASSES, settings);
    }
}
