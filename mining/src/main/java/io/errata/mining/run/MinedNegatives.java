package io.errata.mining.run;

import io.errata.datasets.window.WindowSet;
import io.errata.detection.detector.Detector;
import io.errata.detection.network.FoldedNetwork;
import io.errata.detection.network.Network;
import io.errata.detection.scan.Candidates;
import io.errata.detection.scan.DenseScorer;
import io.errata.detection.scan.Scan;
import io.errata.detection.scan.ScoredWindows;
import io.errata.detection.training.Trainer;
import io.errata.detection.training.TrainingSet;
import io.errata.mining.ledger.Ledger;
import io.errata.mining.ledger.Suspect;
import io.errata.mining.policy.MiningPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Strategy {@code rounds}: random negatives, and those that the network got wrong in the rounds before. After each round every held-out
 * negative is scored, the policy chooses, and the ledger remembers.
 */
final class MinedNegatives implements NegativeSource {

    private static final int MOST_SUSPECTS = 5;

    private final RandomNegatives random;
    private final TrainingData data;
    private final Trainer<Network> trainer;
    private final MiningPolicy policy;
    private final Ledger ledger;
    private final RunListener listener;
    private WindowSet mined;

    MinedNegatives(
            RandomNegatives random,
            TrainingData data,
            Trainer<Network> trainer,
            MiningPolicy policy,
            Ledger ledger,
            RunListener listener) {
        this.random = random;
        this.data = data;
        this.trainer = trainer;
        this.policy = policy;
        this.ledger = ledger;
        this.listener = listener;
        this.mined = ledger.mined();
    }

    @Override
    public TrainingSet draw(int round) {
        return random.draw(round, mined);
    }

    @Override
    public boolean mines() {
        return true;
    }

    @Override
    public Mined mine(int round, TrainingSet set) {
        listener.scanning(round, set.heldOut());
        List<ScoredWindows> chosen = new ArrayList<>();
        List<ScoredWindows> tracked = new ArrayList<>();
        Scan.Report report;
        try (FoldedNetwork folded = trainer.network().fold()) {
            Scan scan = new Scan(
                    new DenseScorer(folded),
                    data.trainPyramids(),
                    data.train().classes().size(),
                    Detector.BATCH_PIXELS);
            report = scan.run(
                    Candidates.heldOut(data.corpus(), set.negatives(), set.mined()),
                    policy.threshold(),
                    policy.candidatesPerImage(),
                    scores -> {
                        chosen.add(policy.choose(scores.windows(), ledger.history(scores.index())));
                        tracked.add(scores.tracked());
                    });
        }
        ScoredWindows hard = ScoredWindows.concat(chosen);
        ledger.record(
                round, policy.threshold(), set.heldOut(), report, hard, ScoredWindows.concat(tracked), data.corpus());
        int before = mined.size();
        mined = mined.union(WindowSet.of(hard.keys()));
        return new Mined(report, mined.size() - before);
    }

    @Override
    public List<Suspect> suspects() {
        return ledger.surest(
                0, image -> data.train().images().get(image).objects().isEmpty(), MOST_SUSPECTS);
    }

    @Override
    public WindowSet mined() {
        return mined;
    }
}
