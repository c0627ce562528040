package io.errata.mining.ablation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.errata.detection.files.Json;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ablation.json}: what was compared, every run's figures, and what they show. Rewritten after every run.
 *
 * @param status {@code running} or {@code finished}
 * @param measuredOn {@code test} or {@code validation}: where the arms' figures are from
 * @param test what the test images were called; {@code null} where there are none
 * @param images that the figures were measured on
 * @param budget of every run
 * @param seeds of every arm
 * @param dataSha256 a fingerprint of the images' names, sizes and annotations, without the test's
 * @param arms the baseline first
 */
public record AblationResult(
        String status,
        String measuredOn,
        @Nullable String test,
        int images,
        Budget budget,
        List<Long> seeds,
        String dataSha256,
        List<ArmResult> arms) {

    public AblationResult {
        seeds = List.copyOf(seeds);
        arms = List.copyOf(arms);
    }

    /** As Markdown: a table of the arms, one of the classes where there are several, and how to read them. */
    public String toMarkdown() {
        return new AblationTable(this).markdown();
    }

    /** As JSON; a figure that is NaN is {@code null}. */
    public String toJson() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
