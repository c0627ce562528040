package io.errata.mining.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.errata.core.problem.Excerpt;
import java.util.Optional;

/**
 * Text within the braces and brackets of YAML, where some characters end it or make it a key that would be part of it elsewhere. Says
 * how to write it.
 */
final class FlowText {

    private FlowText() {}

    /** Where a syntax error lies within a text that is not quoted, what to write; otherwise empty. */
    static String hint(String text, String problem, int line, int column) {
        if (!problem.startsWith("expected ',' or") || problem.contains("<")) { // such as a block's or the stream's end
            return "";
        }
        String row = text.lines().skip(line).findFirst().orElse("");
        int at = Math.min(column, row.length());
        int from = begin(row, at);
        int to = at;
        while (to < row.length() && ",]}".indexOf(row.charAt(to)) < 0) {
            to++;
        }
        String value = row.substring(from, to).strip();
        return value.isEmpty() || value.indexOf('"') >= 0 || value.indexOf('\'') >= 0
                ? ""
                : "; within { } or [ ] write it in quotes: \"" + Excerpt.of(value) + "\"";
    }

    /** What a mapping of nothing but keys without values was meant to be; empty for any other node. */
    static Optional<String> meant(JsonNode node) {
        if (!(node instanceof ObjectNode mapping) || mapping.size() != 1) {
            return Optional.empty();
        }
        String key = mapping.fieldNames().next();
        return mapping.path(key).isNull() ? Optional.of(key) : Optional.empty();
    }

    /** Behind the brace, bracket, comma or key before this place. */
    private static int begin(String row, int at) {
        for (int i = at - 1; i >= 0; i--) {
            boolean afterKey = row.charAt(i) == ' ' && i > 0 && row.charAt(i - 1) == ':';
            if (afterKey || "{[,".indexOf(row.charAt(i)) >= 0) {
                return i + 1;
            }
        }
        return 0;
    }
}
