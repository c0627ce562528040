package io.errata.cli;

import io.errata.datasets.format.AnnotationFormats;
import java.util.ListResourceBundle;

/** What help texts name as {@code ${bundle:KEY}}, because it is listed elsewhere. */
final class HelpTexts extends ListResourceBundle {

    @Override
    protected Object[][] getContents() {
        return new Object[][] {
            {"spec-forms", AnnotationFormats.forms()},
            {"written-formats", AnnotationFormats.orList(AnnotationFormats.names(AnnotationFormats.writable()))}
        };
    }
}
