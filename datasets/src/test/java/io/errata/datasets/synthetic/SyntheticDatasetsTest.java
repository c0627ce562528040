package io.errata.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyntheticDatasetsTest {

    @Test
    void createsTheDefaultDataSetWithoutOptions() {
        Dataset dataset = SyntheticDatasets.create("smear", Map.of());

        assertThat(dataset.classes()).containsExactly("parasite");
        assertThat(dataset.images()).hasSize(60);
        assertThat(dataset.images().get(0).name()).isEqualTo("smear-0001.png");
        assertThat(dataset.images().get(59).name()).isEqualTo("smear-0060.png");
        assertThat(dataset.objectCount()).isEqualTo(96);
    }

    @Test
    void takesEachOptionByTheNameOfItsSetting() {
        Map<String, String> options = Map.of(
                "images",
                "3",
                "width",
                "200",
                "height",
                "160",
                "seed",
                "-9",
                "cells",
                "7.5",
                "leukocytes",
                "0",
                "targets",
                "4",
                "confusers",
                "2",
                "debris",
                "1",
                "noise",
                "0.5");
        SmearSettings settings = new SmearSettings(3, 200, 160, -9, 7.5, 0, 4, 2, 1, 0.5);

        Dataset dataset = SyntheticDatasets.create("smear", options);

        Dataset same = SmearScenes.of(settings).dataset();
        for (int i = 0; i < 3; i++) {
            assertThat(dataset.images().get(i).objects())
                    .isEqualTo(same.images().get(i).objects());
            assertThat(dataset.images().get(i).source().read().rgb())
                    .isEqualTo(same.images().get(i).source().read().rgb());
        }
    }

    @Test
    void namesTheNearestDataSet() {
        assertThatThrownBy(() -> SyntheticDatasets.create("smaer", Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("synthetic data set must be smear, found smaer; did you mean smear?");
    }

    @Test
    void namesTheNearestOption() {
        assertThatThrownBy(() -> SyntheticDatasets.create("smear", Map.of("confuser", "3")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("found confuser; did you mean confusers?");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        Map<String, String> options = Map.of("images", "many", "width", "12", "noise", "NaN", "sede", "1");

        assertThatThrownBy(() -> SyntheticDatasets.create("smear", options))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems()).hasSize(4))
                .hasMessageContaining("images must be a whole number, found many")
                .hasMessageContaining("found sede; did you mean seed?")
                .hasMessageContaining("width must be from 96 to 4096, found 12")
                .hasMessageContaining("noise must be from 0 to 40, found NaN");
    }
}
