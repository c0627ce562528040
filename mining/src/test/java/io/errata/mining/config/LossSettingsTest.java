package io.errata.mining.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.errata.core.loss.BceSettings;
import io.errata.core.loss.LdamSettings;
import io.errata.core.loss.LossSettings;
import io.errata.core.weight.ClassCounts;
import io.errata.core.weight.ClassWeighting;
import io.errata.core.weight.SampledClassCounts;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.training.SamplingSettings;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossSettingsTest {

    private static final SampledClassCounts SEEN = new SampledClassCounts(ClassCounts.of(90, 10), 300);

    @Test
    void knowsTheseLosses() {
        assertThat(names())
                .startsWith(
                        "focal",
                        "bce",
                        "cross_entropy",
                        "softmax_focal",
                        "ghm",
                        "dice",
                        "dsc",
                        "ldam",
                        "logit_adjusted",
                        "quality_focal",
                        "varifocal");
    }

    @Test
    void tellsTheNamesWhereOneIsUnknown() {
        assertThatThrownBy(() -> RunConfig.parse("data: {train: a}\nloss: {type: fokal}", List.of()))
                .hasMessage("loss.type: must be one of " + String.join(", ", names())
                        + ", found fokal; did you mean focal?");
    }

    static List<String> names() {
        return LossSettings.withDefaults().alternatives().stream()
                .map(LossSettings::type)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyLossIsThereByNameForOneClassAndForSeveral(String type) {
        LossSettings loss = RunConfig.parse("data: {train: a}\nloss: {type: " + type + "}", List.of())
                .loss();
        for (int classes = 1; classes <= 2; classes++) {
            SampledClassCounts seen = classes == 2 ? SEEN : new SampledClassCounts(ClassCounts.of(90), 300);
            try (NDManager manager = EngineEnvironment.newManager(Device.cpu())) {
                Random random = new Random(classes);
                float[] logits = new float[8 * classes];
                float[] targets = new float[8 * classes];
                for (int row = 0; row < 8; row++) {
                    logits[row * classes] = (float) random.nextGaussian();
                    if (row < 3) {
                        targets[row * classes + row % classes] = 1;
                    }
                }
                NDArray sum = loss.classification(seen)
                        .sum(
                                manager.create(logits, new Shape(8, classes)),
                                manager.create(targets, new Shape(8, classes)));

                assertThat(sum.toFloatArray()[0]).isPositive().isFinite();
            }
        }
    }

    @Test
    void balancedWeightsMakePositivesCountAsMuchAsBackground() {
        double[] weights = ClassWeighting.BALANCED.againstBackground(SEEN, 0);

        assertThat(weights).containsExactly(new double[] {300 / 90.0, 300 / 10.0}, offset(1e-12));
    }

    @Test
    void noWeightingWeighsAllAlike() {
        assertThat(ClassWeighting.NONE.againstBackground(SEEN, 0)).containsExactly(1, 1);
    }

    @Test
    void countsWhatSamplingShows() {
        SamplingSettings sampling =
                SamplingSettings.negativesPerPositive(3); // classes drawn by the root of their count

        SampledClassCounts seen = SampledClassCounts.of(
                new long[] {900, 100}, sampling.positives().classBalance(), sampling.negativesPerPositive());

        assertThat(seen.objects()).isEqualTo(ClassCounts.of(750, 250));
        assertThat(seen.background()).isEqualTo(3000);
        assertThat(seen.examples()).isEqualTo(4000);
        assertThat(seen.withBackground()).isEqualTo(ClassCounts.of(750, 250, 3000));
    }

    @Test
    void marginsTakeOnWeightsLate() {
        LossSettings loss = LdamSettings.withDefaults();

        assertThat(loss.later(SEEN).orElseThrow().from()).isEqualTo(0.8);
        assertThat(BceSettings.withDefaults().later(SEEN)).isEmpty();
    }
}
