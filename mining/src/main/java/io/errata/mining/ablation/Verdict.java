package io.errata.mining.ablation;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a comparison shows. */
public enum Verdict {
    /** The whole interval of the difference is above 0. */
    BETTER("better"),
    /** The whole interval of the difference is below 0. */
    WORSE("worse"),
    /** The interval holds 0, or there is none; that there is no difference is not shown either. */
    NO_DIFFERENCE_SHOWN("no difference shown");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** In words, as in tables and JSON. */
    @JsonValue
    public String text() {
        return text;
    }
}
