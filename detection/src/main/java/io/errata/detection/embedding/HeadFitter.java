package io.errata.detection.embedding;

import io.errata.core.ensemble.Classifier;
import io.errata.core.ensemble.Ensemble;
import io.errata.core.ensemble.Learner;
import io.errata.core.ensemble.LinearClassifier;
import io.errata.core.resampling.FeatureSet;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.network.FoldedNetwork;
import io.errata.detection.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Learns the class outputs of a network anew, each class against the rest, by any learner whose result is linear. The last layer is
 * a linear classifier of the embeddings, so a linear classifier can take its place; the layers before it and the box offsets stay as
 * they are.
 */
public final class HeadFitter {

    private static final int BATCH = 128;
    private static final int MAX_POSITIVES = 4000;
    /** Background windows for each positive one. */
    private static final int BACKGROUND = 10;

    private final WindowCorpus corpus;
    private final PyramidStore pyramids;

    /**
     * @param corpus the windows learned from
     * @param pyramids of the corpus's images
     */
    public HeadFitter(WindowCorpus corpus, PyramidStore pyramids) {
        this.corpus = corpus;
        this.pyramids = pyramids;
    }

    /**
     * Replaces a network's class outputs. A class of which the windows hold no positive keeps its own.
     *
     * @param mined negatives to learn from besides random ones
     * @param seed of the windows drawn
     * @throws IllegalArgumentException if the learner's result is not linear
     */
    public void refit(Network network, WindowSet mined, Learner learner, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WindowSet positives = positives(random);
        WindowSet negatives = corpus.drawNegatives((long) BACKGROUND * positives.size(), mined, random)
                .union(mined);
        Embeddings embeddings;
        try (FoldedNetwork folded = network.fold()) {
            embeddings = new WindowEmbedder(folded, BATCH).embed(corpus, pyramids, positives.union(negatives));
        }
        int[] labels = embeddings.labels();
        for (int c = 0; c < network.classes(); c++) {
            int theClass = c;
            int[] ofClass = Arrays.stream(labels)
                    .map(label -> label == theClass ? 1 : 0)
                    .toArray();
            if (Arrays.stream(ofClass).anyMatch(label -> label == 1)) {
                FeatureSet rows = FeatureSet.of(embeddings.rows(), embeddings.dimension(), ofClass);
                replace(network, c, linear(learner.learn(rows)));
            }
        }
    }

    private WindowSet positives(SplittableRandom random) {
        long[] keys = LongStream.range(0, corpus.positives())
                .map(i -> corpus.positive((int) i))
                .distinct()
                .toArray();
        for (int i = keys.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long swapped = keys[i];
            keys[i] = keys[other];
            keys[other] = swapped;
        }
        return WindowSet.of(Arrays.copyOf(keys, Math.min(keys.length, MAX_POSITIVES)));
    }

    private static List<LinearClassifier> linear(Classifier classifier) {
        if (classifier instanceof Ensemble ensemble) {
            return ensemble.members().stream()
                    .flatMap(member -> linear(member.classifier()).stream())
                    .toList();
        }
        if (classifier instanceof LinearClassifier one) {
            return List.of(one);
        }
        throw new IllegalArgumentException(
                "a network's last layer can only be replaced by linear classifiers, found " + classifier);
    }

    /** The mean of some linear classifiers' logits is itself linear. */
    private static void replace(Network network, int classIndex, List<LinearClassifier> classifiers) {
        double[] weights = new double[classifiers.get(0).weights().length];
        double intercept = 0;
        for (LinearClassifier classifier : classifiers) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] += classifier.weights()[i] / classifiers.size();
            }
            intercept += classifier.intercept() / classifiers.size();
        }
        network.replaceOutput(classIndex, weights, intercept);
    }
}
