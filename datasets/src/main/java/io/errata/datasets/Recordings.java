package io.errata.datasets;

import io.errata.core.problem.Excerpt;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recordings that file names show: names of one beginning and a running number, such as {@code ride_001.mp4_t_56.jpg}, or of one day and a
 * time. Their frames are nearly equal, so a {@link Split} of single images flatters; {@link Split#grouped} with this expression keeps them
 * together. What only names say may be wrong: it is proposed, not done.
 *
 * @param regex its first group names the recording
 * @param sizes how many images each recording has, the largest first; only those of two images and more
 * @param images how many images there are in all
 * @param example the beginning that names the largest recording
 */
public record Recordings(String regex, List<Integer> sizes, int images, String example) {

    /** A year, month and day, that numbers alone follow; then the number before Roboflow's hash; then the last number of all. */
    private static final List<Pattern> EXPRESSIONS = List.of(
            Pattern.compile("^([^/]*(?<!\\d)(?:19|20)\\d\\d[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\\d|3[01]))"
                    + "[-_.T\\d]*(?:_[A-Za-z]+)?\\."),
            Pattern.compile("^([^/]*[^/\\d])\\d+[^/\\d]*\\.rf\\."),
            Pattern.compile("^([^/]*[^/\\d])\\d+[^/\\d]*$"));

    /** With two, one kind of images would be trained on and the other validated on. */
    private static final int LEAST_RECORDINGS = 3;

    /** At least this share of the images must be in recordings of two images and more, or their names mean something else. */
    private static final double LEAST_TOGETHER = 0.5;

    /** At least this share of the images must be outside the largest recording, to be held out. */
    private static final double LEAST_OUTSIDE_LARGEST = 0.1;

    private static final int MAX_EXAMPLE = 40;

    public Recordings {
        sizes = List.copyOf(sizes);
    }

    /** The recordings that the names of these images show; empty where they show none, as where one number runs over all images. */
    public static Optional<Recordings> of(Dataset dataset) {
        List<Recordings> shown = EXPRESSIONS.stream()
                .map(expression -> of(dataset, expression))
                .filter(Recordings::areShown)
                .toList();
        return shown.stream()
                .filter(Recordings::canBeHeldOut)
                .findFirst()
                .or(() -> shown.stream().findFirst());
    }

    private static Recordings of(Dataset dataset, Pattern expression) {
        Map<String, Integer> sizes = new TreeMap<>(dataset.images().stream()
                .flatMap(image -> Split.groupOf(expression, image.name()).stream())
                .collect(Collectors.toMap(group -> group, group -> 1, Integer::sum)));
        sizes.values().removeIf(size -> size < 2);
        String example = sizes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
        return new Recordings(
                expression.pattern(),
                descending(sizes.values()),
                dataset.images().size(),
                example);
    }

    private static List<Integer> descending(Collection<Integer> sizes) {
        return sizes.stream().sorted(Comparator.reverseOrder()).toList();
    }

    private boolean areShown() {
        int together = sizes.stream().mapToInt(Integer::intValue).sum();
        return sizes.size() >= 2 && together >= LEAST_TOGETHER * images;
    }

    /** Whether a split that keeps recordings whole makes sense: there are some, and enough images outside the largest. */
    public boolean canBeHeldOut() {
        return sizes.size() >= LEAST_RECORDINGS && images - sizes.get(0) >= LEAST_OUTSIDE_LARGEST * images;
    }

    /** What they mean for a split, in words: the proposal, or why there is none. */
    public Note note() {
        String found = "file names look like frames of " + sizes.size() + " recordings, the largest of " + sizes.get(0)
                + " images (" + Excerpt.of(example, MAX_EXAMPLE) + "…), the smallest of " + sizes.get(sizes.size() - 1);
        if (!canBeHeldOut()) {
            String reason = sizes.size() < LEAST_RECORDINGS
                    ? "recordings must be at least " + LEAST_RECORDINGS
                    : "too few of " + images + " images are outside the largest";
            return new Note("recordings", found + "; no data.split.group is proposed, as " + reason);
        }
        return new Note(
                "recordings",
                found
                        + "; frames of one recording are nearly equal, so figures are too good where single images are held"
                        + " out for validation: keep recordings whole by data.split.group: '" + regex + "'");
    }
}
