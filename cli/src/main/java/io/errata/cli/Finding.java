package io.errata.cli;

/**
 * What the doctor found out about one thing.
 *
 * @param name what was looked at
 * @param ok whether Errata can work with it
 * @param found what was seen, and if it is not ok what to do
 */
record Finding(String name, boolean ok, String found) {

    /** A line of a table; what is not ok is marked. */
    @Override
    public String toString() {
        return (ok ? "  " : "! ") + name + " ".repeat(Math.max(1, 16 - name.length())) + found;
    }
}
