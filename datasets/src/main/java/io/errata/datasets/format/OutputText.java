package io.errata.datasets.format;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Text that every format can hold, and how formats quote it. */
final class OutputText {

    private OutputText() {}

    /** Whether all formats can hold a text: it has an end without spaces, one line, and no characters that XML forbids. */
    static boolean isPlain(String text) {
        return !text.isEmpty() && text.equals(text.strip()) && text.codePoints().allMatch(OutputText::isPlain);
    }

    /** The text with {@code _} for every character that not all formats can hold; its ends may still be spaces. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '_'));
        return plain.toString();
    }

    private static boolean isPlain(int codePoint) {
        int type = Character.getType(codePoint);
        return !Character.isISOControl(codePoint)
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && codePoint != 0xFEFF
                && (codePoint & 0xFFFE) != 0xFFFE;
    }

    /** In double quotes, for JSON and YAML. */
    static String json(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** For the text or a quoted attribute of XML. */
    static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    /** As a field of CSV. */
    static String csv(String text) {
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** A finite number so that it is read back to the bit: without an exponent, and without {@code .0}. */
    static String number(double number) {
        return plain(BigDecimal.valueOf(number));
    }

    /** A finite number with at most this many decimals. */
    static String number(double number, int decimals) {
        return plain(BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_EVEN));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
