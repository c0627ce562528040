package io.errata.mining.ledger;

import io.errata.datasets.Dataset;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import io.errata.detection.Corpora;
import io.errata.detection.scan.Scan;
import io.errata.detection.scan.ScoredWindows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A process to be killed: writes rounds of {@value #MINED} windows without end, and prints the number of each that is written. */
final class LedgerWriter {

    static final int MINED = 40;
    static final Dataset DATASET = Corpora.dataset(5, new int[] {400, 300});

    private LedgerWriter() {}

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        int round = Integer.parseInt(arguments[1]);
        WindowCorpus corpus = Corpora.corpus(DATASET);
        try (Ledger ledger =
                Files.exists(file) ? Ledger.resume(file, corpus, round, null) : Ledger.create(file, DATASET)) {
            for (; ; round++) {
                ScoredWindows tracked = round == 0 ? ScoredWindows.concat(List.of()) : windows(corpus, 0, round);
                ScoredWindows mined = windows(corpus, round, round + 1);
                ledger.record(round, 0.5, 1000, new Scan.Report(1000, MINED, 1), mined, tracked, corpus);
                System.out.println(round);
            }
        }
    }

    private static ScoredWindows windows(WindowCorpus corpus, int fromRound, int toRound) {
        long[] keys = new long[MINED * (toRound - fromRound)];
        Arrays.setAll(keys, i -> WindowKey.of(0, 0, fromRound + i / MINED, i % MINED));
        float[] scores = new float[keys.length];
        Arrays.fill(scores, 0.75f);
        return Corpora.scored(corpus, keys, scores);
    }
}
