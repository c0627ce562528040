package io.errata.mining.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.errata.detection.evaluation.Figures;

/**
 * What training the second stage did, and how good the detector is with it.
 *
 * @param figures of both stages together on the validation images; in JSON they stand beside the other components
 * @param kept whether the model has it: it was no worse than the first stage alone
 * @param parameters of its network
 * @param crops that it learned from
 * @param hardNegatives boxes among them that the first stage took for objects and are none
 * @param steps gradient steps
 * @param seconds it took, finding and cutting what it learned from included
 */
public record SecondStageResult(
        @JsonUnwrapped Figures figures,
        boolean kept,
        long parameters,
        int crops,
        int hardNegatives,
        int steps,
        double seconds) {}
