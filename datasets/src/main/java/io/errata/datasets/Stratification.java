package io.errata.datasets;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Parts units, each an image or a group of images, so that every class's objects fall to both sides in the wanted proportion: iterative
 * stratification (Sechidis, Tsoumakas and Vlahavas: On the Stratification of Multi-Label Data, ECML PKDD 2011) with counts of objects
 * where the paper has labels. The class with the fewest objects left is placed first, as there is the least choice for it; each of its
 * units goes to the side that lacks more of that class. A class whose units were all open when its turn came is off its share by at
 * most half of its largest unit. Images count as one more class, which comes last: those without objects make up for what the others
 * left the number of images off its share.
 *
 * <p>Beyond the paper, a unit that holds the last open objects of a class of which there is none to train on is always trained on.
 */
final class Stratification {

    private static final int TRAINING = 0;
    private static final int HELD_OUT = 1;

    private final List<Unit> units;
    private final List<List<Integer>> unitsOf;
    private final double[][] lacking;
    private final long[] open;
    private final long[] trained;
    private final BitSet placed = new BitSet();
    private final BitSet heldOut = new BitSet();

    /**
     * What must stay together.
     *
     * @param labels the indices of the classes that have objects on it, ascending, and last the number of all classes, for its images
     * @param counts how many objects there are of each, and how many images; all ≥ 1
     */
    record Unit(int[] labels, int[] counts) {

        /** These images as a unit; only objects that can be learned count. */
        static Unit of(List<AnnotatedImage> images, Map<String, Integer> indices) {
            int[] counts = new int[indices.size() + 1];
            counts[indices.size()] = images.size();
            images.stream()
                    .flatMap(image -> image.objects().stream())
                    .filter(object -> !object.ignored() && !object.box().isEmpty())
                    .map(object -> requireNonNull(indices.get(object.label())))
                    .forEach(index -> counts[index]++);
            int[] labels = IntStream.range(0, counts.length)
                    .filter(label -> counts[label] > 0)
                    .toArray();
            return new Unit(
                    labels, IntStream.of(labels).map(label -> counts[label]).toArray());
        }

        int images() {
            return counts[counts.length - 1];
        }
    }

    private Stratification(List<Unit> units, int classes, double fraction) {
        this.units = units;
        open = new long[classes + 1];
        trained = new long[classes + 1];
        unitsOf = Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
                .limit(classes + 1)
                .toList();
        for (int unit = 0; unit < units.size(); unit++) {
            Unit one = units.get(unit);
            for (int i = 0; i < one.labels.length; i++) {
                open[one.labels[i]] += one.counts[i];
                unitsOf.get(one.labels[i]).add(unit);
            }
        }
        lacking = new double[2][classes + 1];
        for (int label = 0; label <= classes; label++) {
            lacking[TRAINING][label] = (1 - fraction) * open[label];
            lacking[HELD_OUT][label] = fraction * open[label];
        }
    }

    /**
     * Which units to hold out: at least one, never all.
     *
     * @param units at least two, in the order in which those of a class are placed, which should be random
     * @param classes how many classes there are
     * @param fraction of every class's objects to hold out, in (0, 1)
     */
    static BitSet heldOut(List<Unit> units, int classes, double fraction) {
        Stratification stratification = new Stratification(units, classes, fraction);
        stratification.placeAll();
        return stratification.heldOut;
    }

    private void placeAll() {
        for (int label = rarestOpen(); label >= 0; label = rarestOpen()) {
            for (int unit : unitsOf.get(label)) {
                if (!placed.get(unit)) {
                    place(unit, isHeldOut(units.get(unit), label) ? HELD_OUT : TRAINING);
                }
            }
        }
        if (heldOut.isEmpty()) {
            heldOut.set(leastNeeded());
        }
    }

    /** The class with the fewest objects on open units, the first of several; then the images' label; −1 where no unit is open. */
    private int rarestOpen() {
        int images = open.length - 1;
        int rarest = open[images] > 0 ? images : -1;
        for (int label = 0; label < images; label++) {
            if (open[label] > 0 && (rarest == images || open[label] < open[rarest])) {
                rarest = label;
            }
        }
        return rarest;
    }

    /** Whether held-out data lack more of a label than training data, or as much of it and more images. */
    private boolean isHeldOut(Unit unit, int label) {
        if (isNeeded(unit)) {
            return false;
        }
        int images = open.length - 1;
        double more = lacking[HELD_OUT][label] - lacking[TRAINING][label];
        return more > 0 || (more == 0 && lacking[HELD_OUT][images] > lacking[TRAINING][images]);
    }

    /** Whether a unit has all objects left of a label of which there is none to train on yet. */
    private boolean isNeeded(Unit unit) {
        for (int i = 0; i < unit.labels.length; i++) {
            int label = unit.labels[i];
            if (trained[label] == 0 && open[label] == unit.counts[i]) {
                return true;
            }
        }
        return false;
    }

    private void place(int index, int side) {
        Unit unit = units.get(index);
        for (int i = 0; i < unit.labels.length; i++) {
            int label = unit.labels[i];
            open[label] -= unit.counts[i];
            lacking[side][label] -= unit.counts[i];
            trained[label] += side == TRAINING ? unit.counts[i] : 0;
        }
        placed.set(index);
        heldOut.set(index, side == HELD_OUT);
    }

    /** Where all are trained on: the unit without which the fewest classes lack objects to train on, of several the smallest. */
    private int leastNeeded() {
        int best = 0;
        for (int unit = 1; unit < units.size(); unit++) {
            int lost = labelsLostWithout(units.get(unit)) - labelsLostWithout(units.get(best));
            if (lost < 0
                    || (lost == 0 && units.get(unit).images() < units.get(best).images())) {
                best = unit;
            }
        }
        return best;
    }

    private int labelsLostWithout(Unit unit) {
        int lost = 0;
        for (int i = 0; i < unit.labels.length; i++) {
            lost += trained[unit.labels[i]] == unit.counts[i] ? 1 : 0;
        }
        return lost;
    }
}
