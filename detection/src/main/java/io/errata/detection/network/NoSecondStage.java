package io.errata.detection.network;

/** The first stage's boxes are the detections. */
public record NoSecondStage() implements SecondStageSettings {

    @Override
    public String type() {
        return "none";
    }
}
