/**
 * File formats of annotated images: a path goes in, a {@link io.errata.datasets.Reading} comes out; a
 * {@link io.errata.datasets.format.DatasetWriter} goes the other way. {@code read} refuses a set
 * with problems, {@code inspect} gives its valid part. No image is decoded: sizes come from annotations and file headers.
 * Read {@link io.errata.datasets.format.AnnotationFormat}, {@link io.errata.datasets.format.PascalVoc}, then
 * {@link io.errata.datasets.format.ReadingBuilder}, which has the rules that all formats share. The list of formats is in
 * {@link io.errata.datasets.format.AnnotationFormats}.
 *
 * <p>Boxes are taken as continuous coordinates as they stand; none is shifted by 1. A box that sticks out of its image by at most
 * 2 pixels or 1% of that side is clipped without a word; one beyond is a problem.
 *
 * <p>Kinds of problems: {@code missing-folder}, {@code missing-file}, {@code missing-split}, {@code missing-key},
 * {@code missing-image}, {@code missing-annotation}, {@code unreadable-file}, {@code unreadable-image}, {@code image-too-large},
 * {@code broken-xml}, {@code broken-json}, {@code broken-yaml}, {@code broken-csv}, {@code not-an-annotation},
 * {@code not-a-number}, {@code bad-value}, {@code zero-area-box}, {@code reversed-box}, {@code box-outside-image},
 * {@code size-mismatch}, {@code unknown-class}, {@code unknown-image}, {@code duplicate-image}, {@code duplicate-id},
 * {@code duplicate-key}, {@code empty-dataset}, {@code outside-dataset}, {@code file-too-large}, {@code not-utf-8},
 * {@code unknown-encoding}, {@code wrong-encoding}, {@code not-a-box}; of specifications and formats {@code bad-spec},
 * {@code bad-format}; of writing {@code folder-in-use}, {@code unwritable-class},
 * {@code unsupported-image-format}; and where {@link io.errata.datasets.format.ReadOptions#thorough} asks for it,
 * {@code duplicate-box}.
 *
 * <p>A file is hostile until shown otherwise: DOCTYPEs are refused, and so are files outside the set's folder, texts and images beyond
 * the {@link io.errata.datasets.format.Limits}, and bytes that are no UTF-8. The folder that YOLO's {@code path} names is the set's.
 */
@NullMarked
package io.errata.datasets.format;

import org.jspecify.annotations.NullMarked;
