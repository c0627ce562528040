package io.errata.mining.ablation;

import io.errata.datasets.Dataset;
import io.errata.detection.evaluation.Figures;
import io.errata.mining.ablation.PreparedArms.PreparedArm;
import io.errata.mining.config.RunConfig;
import io.errata.mining.run.MiningRun;
import io.errata.mining.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trains what is not trained yet, seed by seed, and writes down what it shows so far. */
final class AblationLoop {

    private final PreparedArms arms;
    private final List<Long> seeds;
    private final @Nullable TestImages test;
    private final AblationFolder folder;
    private final AblationListener listener;
    private final List<Done> done = new ArrayList<>();

    /** A run that is finished and measured. */
    private record Done(Arm arm, SeedRun run) {}

    AblationLoop(
            PreparedArms arms,
            List<Long> seeds,
            @Nullable TestImages test,
            AblationFolder folder,
            AblationListener listener) {
        this.arms = arms;
        this.seeds = seeds;
        this.test = test;
        this.folder = folder;
        this.listener = listener;
    }

    AblationResult run() throws IOException {
        for (long seed : seeds) {
            for (PreparedArm arm : arms.all()) {
                SeedRun run = run(arm, seed);
                done.add(new Done(arm.arm(), run));
                folder.write(result());
                listener.finished(arm.arm(), run, done.size(), total());
            }
        }
        AblationResult result = result();
        folder.writeTable(result);
        return result;
    }

    private int total() {
        return seeds.size() * arms.all().size();
    }

    private SeedRun run(PreparedArm arm, long seed) throws IOException {
        RunFolder run = folder.run(arm.arm(), seed);
        if (!AblationFolder.isFinished(run)) {
            train(arm, seed, run);
        }
        RunConfig config = arm.config();
        Figures tested =
                test == null ? null : test.figures(run, config.run().device().onThisMachine());
        return SeedRun.of(
                folder.relative(run), run.readSummary(), config.training().stepsPerRound(), tested);
    }

    private void train(PreparedArm arm, long seed, RunFolder run) throws IOException {
        MiningRun mining =
                MiningRun.of(arm.withSeed(seed), arm.images()).withListener(listener.training(arm.arm(), seed, run));
        boolean begun = Files.exists(run.config());
        (begun ? mining.resume(run.root()) : mining.train(run.root())).close();
    }

    private AblationResult result() {
        Dataset measuredOn = test == null ? arms.baseline().images().validation() : test.dataset();
        List<SeedRun> baseline = runs(arms.baseline());
        List<ArmResult> results = arms.all().stream()
                .map(arm -> arm.equals(arms.baseline())
                        ? ArmResult.baseline(arm.arm(), baseline)
                        : ArmResult.comparedWith(baseline, arm.arm(), runs(arm)))
                .toList();
        return new AblationResult(
                done.size() == total() ? "finished" : "running",
                test == null ? "validation" : "test",
                test == null ? null : test.name(),
                measuredOn.images().size(),
                Budget.of(arms.baseline().config()),
                seeds,
                arms.sha256(),
                results);
    }

    private List<SeedRun> runs(PreparedArm arm) {
        return done.stream()
                .filter(one -> one.arm().equals(arm.arm()))
                .map(Done::run)
                .toList();
    }
}
