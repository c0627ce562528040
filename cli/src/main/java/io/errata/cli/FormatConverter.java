package io.errata.cli;

import io.errata.core.problem.Spelling;
import io.errata.datasets.format.AnnotationFormat;
import io.errata.datasets.format.AnnotationFormats;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Finds a format that can be written by its name, in any case of letters. */
final class FormatConverter implements ITypeConverter<AnnotationFormat> {

    @Override
    public AnnotationFormat convert(String value) {
        String name = value.strip().toLowerCase(Locale.ROOT);
        List<String> names = AnnotationFormats.names(AnnotationFormats.writable());
        return AnnotationFormats.writable().stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("must be " + AnnotationFormats.orList(names) + ", found "
                        + value
                        + (AnnotationFormats.named(name).isPresent()
                                ? ", which is only read"
                                : Spelling.hint(name, names))));
    }
}
