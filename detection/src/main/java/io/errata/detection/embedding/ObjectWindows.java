package io.errata.detection.embedding;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import java.util.HashMap;
import java.util.Map;

/** Finds for every object the window that frames it best. */
public final class ObjectWindows {

    private ObjectWindows() {}

    /**
     * Of the positive windows of each object the one of largest IoU with it, the first by key of those with the same. An object that no
     * window of the corpus is positive for has none: see {@link WindowCorpus#unreached}.
     */
    public static WindowSet of(WindowCorpus corpus) {
        Map<ObjectName, Best> best = new HashMap<>();
        for (int i = 0; i < corpus.positives(); i++) {
            long key = corpus.positive(i);
            ObjectName object = new ObjectName(WindowKey.image(key), corpus.positiveObject(i));
            best.merge(object, new Best(key, corpus.box(key).iou(object.box(corpus))), Best::better);
        }
        return WindowSet.of(best.values().stream().mapToLong(Best::key).toArray());
    }

    private record ObjectName(int image, int index) {

        Box box(WindowCorpus corpus) {
            GroundTruth truth = corpus.dataset().images().get(image).objects().get(index);
            return truth.box();
        }
    }

    private record Best(long key, double iou) {

        Best better(Best later) {
            return later.iou > iou ? later : this;
        }
    }
}
