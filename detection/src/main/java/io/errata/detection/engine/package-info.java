/**
 * The engine: {@link io.errata.detection.engine.EngineEnvironment} sets what it reads when it is loaded,
 * {@link io.errata.detection.engine.DeviceSetting} says where networks run.
 */
@NullMarked
package io.errata.detection.engine;

import org.jspecify.annotations.NullMarked;
