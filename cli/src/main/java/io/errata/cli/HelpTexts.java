package io.errata.cli;

import io.errata.datasets.format.AnnotationFormat;
import io.errata.datasets.format.AnnotationFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.ListResourceBundle;

/** What help texts name as {@code ${bundle:KEY}}, because it is listed elsewhere. */
final class HelpTexts extends ListResourceBundle {

    @Override
    protected Object[][] getContents() {
        List<AnnotationFormat> written = AnnotationFormats.writable();
        List<String> specs = new ArrayList<>();
        AnnotationFormats.all()
                .forEach(format -> specs.add("  " + format.form() + "%n" + indented(format.description())));
        List<String> losses = new ArrayList<>();
        written.forEach(format -> losses.add("  " + format.name() + "%n      "
                + format.writer().orElseThrow().losses()));
        return new Object[][] {
            {"spec-forms", AnnotationFormats.forms()},
            {"spec-list", String.join("%n", specs)},
            {"written-formats", AnnotationFormats.orList(AnnotationFormats.names(written))},
            {"losses", String.join("%n", losses)}
        };
    }

    /** The text in lines that fit a terminal of 80 columns, as picocli does not indent what it breaks. */
    private static String indented(String text) {
        return text.replace("%", "%%")
                .replaceAll("(.{1,70})(?: |$)", "      $1%n")
                .replaceAll("%n$", "");
    }
}
