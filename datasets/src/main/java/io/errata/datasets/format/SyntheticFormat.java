package io.errata.datasets.format;

import io.errata.datasets.Reading;
import io.errata.datasets.synthetic.SyntheticDatasets;

/** Data sets that a program draws, in the place of files. */
final class SyntheticFormat implements AnnotationFormat {

    private static final SyntheticFormat FORMAT = new SyntheticFormat();

    private SyntheticFormat() {}

    static AnnotationFormat format() {
        return FORMAT;
    }

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public String description() {
        return "drawn scenes, such as synthetic:smear?images=60&seed=1";
    }

    @Override
    public String target() {
        return "NAME";
    }

    @Override
    public boolean hasSettings() {
        return true;
    }

    @Override
    public Reading read(DatasetLocation location, ReadOptions options) {
        return options.names().keepIn(SyntheticDatasets.create(location.path().toString(), location.settings()));
    }
}
