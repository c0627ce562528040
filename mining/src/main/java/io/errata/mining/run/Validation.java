package io.errata.mining.run;

import io.errata.detection.detector.Detector;
import io.errata.detection.evaluation.Evaluation;
import io.errata.detection.evaluation.Figures;
import io.errata.detection.network.Network;
import io.errata.detection.refine.BoxRefiner;
import io.errata.mining.config.RunConfig;

/** Measures networks on a run's validation images. */
record Validation(RunConfig config, TrainingData data) {

    static Validation of(RunConfig config, TrainingData data) {
        return new Validation(config, data);
    }

    /** The figures of a network alone. */
    Figures figures(Network network) {
        try (Detector detector = detector(network)) {
            return figures(detector);
        }
    }

    /** The figures of a network with something that looks again at its boxes, which is closed. */
    Figures figures(Network network, BoxRefiner refiner) {
        try (Detector detector = detector(network).withRefiner(refiner)) {
            return figures(detector);
        }
    }

    private Detector detector(Network network) {
        return Detector.of(
                network,
                data.corpus().geometry(),
                data.train().classes(),
                config.evaluation().detection());
    }

    private Figures figures(Detector detector) {
        return Figures.of(Evaluation.of(data.validation(), detector.detectAll(data.validationPyramids())));
    }
}
