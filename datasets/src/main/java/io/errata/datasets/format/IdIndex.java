package io.errata.datasets.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers ids from 0 in the order in which they are first met. */
final class IdIndex {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();

    /** The number of an id, a new one where it is met for the first time. */
    int of(String id) {
        Integer known = numbers.putIfAbsent(id, ids.size());
        if (known != null) {
            return known;
        }
        ids.add(id);
        return ids.size() - 1;
    }

    /** The id with this number. */
    String id(int number) {
        return ids.get(number);
    }

    /** How many ids there are. */
    int size() {
        return ids.size();
    }
}
