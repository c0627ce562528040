package io.errata.cli;

import io.errata.core.problem.Printable;
import io.errata.core.problem.Problem;
import io.errata.datasets.Note;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Problems and notes as people read them: a line each, but ten of a kind and then how many more. JSON has them all. */
final class Messages {

    private static final int MOST = 10;

    private Messages() {}

    /** Problems because of which nothing is done. */
    static void problems(List<Problem> problems, PrintWriter out) {
        print(problems, "", out);
    }

    /** Problems that the user said to go on without. */
    static void leftOut(List<Problem> problems, PrintWriter err) {
        print(problems, "errata: left out: ", err);
    }

    /** What is no problem but should be known, where nothing else of it is printed. */
    static void notes(List<Note> notes, PrintWriter err) {
        notes.forEach(note -> err.println("errata: note: " + Printable.of(note.text())));
    }

    private static void print(List<Problem> problems, String prefix, PrintWriter out) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Problem problem : problems) {
            if (counts.merge(problem.kind(), 1, Integer::sum) <= MOST) {
                out.println(prefix + problem);
            }
        }
        counts.forEach((kind, count) -> {
            if (count > MOST) {
                out.println(prefix + "… and " + (count - MOST) + " more of the kind " + kind);
            }
        });
    }
}
