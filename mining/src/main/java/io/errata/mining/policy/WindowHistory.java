package io.errata.mining.policy;

import io.errata.datasets.window.WindowSet;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one image's windows that were mined in earlier rounds. Immutable.
 *
 * @param windows by their keys; see {@link io.errata.datasets.window.WindowKey}
 */
public record WindowHistory(Map<Long, Entry> windows) {

    /**
     * One mined window.
     *
     * @param minedIn the round whose scan found it
     * @param score what the latest scan gave it, in [0, 1]
     * @param learned whether that score no longer exceeded the scan's threshold
     */
    public record Entry(int minedIn, double score, boolean learned) {}

    public WindowHistory {
        windows = Collections.unmodifiableMap(new TreeMap<>(windows));
    }

    /** Nothing was mined on the image yet. */
    public static WindowHistory none() {
        return new WindowHistory(Map.of());
    }

    /** Every window ever mined. */
    public WindowSet mined() {
        return WindowSet.of(windows.keySet().stream().mapToLong(Long::longValue).toArray());
    }

    /** The mined windows that the latest scan scored at or below its threshold. */
    public WindowSet learned() {
        return WindowSet.of(windows.entrySet().stream()
                .filter(window -> window.getValue().learned())
                .mapToLong(Map.Entry::getKey)
                .toArray());
    }
}
