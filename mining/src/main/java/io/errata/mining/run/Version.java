package io.errata.mining.run;

import ai.djl.engine.Engine;

/** The versions that a model's provenance names. */
final class Version {

    static final String ERRATA = Version.class.getPackage().getImplementationVersion() == null
            ? "development"
            : Version.class.getPackage().getImplementationVersion();

    private Version() {}

    static String engine() {
        Engine engine = Engine.getEngine("PyTorch");
        return engine.getEngineName() + " " + engine.getVersion();
    }
}
