package io.errata.mining.config;

import io.errata.core.problem.ArgumentChecks;
import io.errata.datasets.Split;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code data.split}: which images of the training data are held out for validation.
 *
 * @param fraction the share of the images that is held out, in (0, 1); default 0.2
 * @param group a regular expression found in an image's name, whose first group names what must stay together on one side, such as
 *     the video that a frame is from; frames of one video are nearly equal, and a validation set that shares videos with the training
 *     set flatters. Default {@code null}: every image by itself
 * @param stratify whether every class's objects are held out in that share, as nearly as whole images or groups allow, and no class
 *     is left without any to train on where that can be avoided; default false, the share of the images alone. Turn it on where a
 *     class is rare
 */
public record SplitSettings(double fraction, @Nullable String group, boolean stratify) {

    public SplitSettings {
        new ArgumentChecks()
                .require(fraction > 0 && fraction < 1, "fraction", "must be in (0, 1)", fraction)
                .require(
                        group == null || hasGroup(group),
                        "group",
                        "must be a regular expression with a group in parentheses, such as (.*)_t_",
                        group)
                .verify();
    }

    /** A fifth of the images, each by itself. */
    public static SplitSettings withDefaults() {
        return new SplitSettings(0.2, null, false);
    }

    /** The split that these settings describe. */
    public Split split(long seed) {
        Split images = Split.fraction(fraction).seed(seed);
        Split groups = group == null ? images : images.grouped(group);
        return stratify ? groups.stratified() : groups;
    }

    private static boolean hasGroup(String regex) {
        try {
            return Pattern.compile(regex).matcher("").groupCount() >= 1;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
