package io.errata.mining.run;

import ai.djl.engine.Engine;
import io.errata.detection.engine.EngineEnvironment;

/** The versions that a model's provenance names. */
final class Versions {

    static final String ERRATA = Versions.class.getPackage().getImplementationVersion() == null
            ? "development"
            : Versions.class.getPackage().getImplementationVersion();

    private Versions() {}

    static String engine() {
        Engine engine = EngineEnvironment.engine();
        return engine.getEngineName() + " " + engine.getVersion();
    }
}
