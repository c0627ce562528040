package io.errata.detection.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.errata.datasets.Dataset;
import io.errata.detection.Detection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How good a detector is on a dataset: COCO's twelve metrics, equal to those of pycocotools, and the log-average miss rate. Each is
 * a mean over the classes that have ground truth for it, and NaN ({@code null} in JSON) where no class has.
 *
 * <p>Detections are matched class by class and image by image:
 *
 * <ul>
 *   <li>Of each image the 100 best scored detections of the class take part, the earlier in the list first of equal scores.
 *   <li>In that order each takes the object of highest IoU among those of IoU ≥ threshold not yet taken; of objects of equal IoU the
 *       last in the order of annotation. The thresholds are .50, .55, …, .95.
 *   <li>Crowd and difficult objects and those whose annotated {@code area} is outside the area range are <em>ignored</em>: they
 *       need not be found, and a detection that takes one counts neither as true nor as false. An object that counts is always
 *       taken before one that is ignored, however high the other's IoU.
 *   <li>A crowd is compared by the intersection over the detection's area instead of IoU, and can be taken many times; any other
 *       object once, a difficult one too.
 *   <li>A detection that takes none is a false positive, or is left out if the area of its box is outside the area range.
 *   <li>Area ranges include both ends: small up to 32², medium 32² to 96², large from 96² square pixels, all up to 10^10.
 *   <li>Over all images detections are ordered by score, equal ones by image, then within it. AR 1, 10 and 100 keep so many of each
 *       image, matched among 100.
 *   <li>AP is the mean interpolated precision at 101 recalls: {@link DetectionCurve#averagePrecision()}. One difference remains:
 *       pycocotools adds 2.2e-16 to the denominator of a precision.
 *   <li>A class with ground truth and no detection counts as 0 (miss rate 1); one without ground truth is left out.
 *   <li>The miss rate is that of the matching at IoU .5 without a limit of area; false positives are counted over all images, those
 *       without objects too.
 * </ul>
 *
 * <p>Boxes are continuous: no 1 is added to a width. Cost: each pair of a detection and an object of one image and class is compared
 * once, then 40 passes over these overlaps; sorting is n log n.
 *
 * @param images the number of images, those without objects included
 * @param perClass the same for each class, in the order of the dataset's classes
 * @param falseAlarms what was found on the images without objects
 * @see <a href="https://arxiv.org/abs/1405.0312">Lin et al. 2014, Microsoft COCO</a>
 */
public record Evaluation(int images, Map<String, ClassEvaluation> perClass, FalseAlarms falseAlarms) {

    public Evaluation {
        perClass = Collections.unmodifiableMap(new LinkedHashMap<>(perClass));
    }

    /**
     * Evaluates detections.
     *
     * @param truth the images and their objects
     * @param detections those of each image, in any order, in the order of the images
     * @throws IllegalArgumentException if there are not as many lists of detections as images, a label is none of the dataset's
     *     classes, or a score, box or area is NaN or infinite
     */
    public static Evaluation of(Dataset truth, List<List<Detection>> detections) {
        int images = truth.images().size();
        Map<String, ClassEvaluation> perClass = new LinkedHashMap<>();
        ImageObjects.byClass(truth, detections)
                .forEach((label, objects) -> perClass.put(label, new ClassMatches(objects, images).evaluate()));
        return new Evaluation(images, perClass, FalseAlarms.of(truth, detections));
    }

    /**
     * The metrics of one class.
     *
     * @throws IllegalArgumentException if it is none of the classes
     */
    public ClassEvaluation ofClass(String label) {
        ClassEvaluation ofClass = perClass.get(label);
        if (ofClass == null) {
            throw new IllegalArgumentException(
                    "label must be one of the classes " + perClass.keySet() + ", found " + label);
        }
        return ofClass;
    }

    /** AP: mean over IoU .50, .55, …, .95. */
    public double ap() {
        return mean(ClassEvaluation::ap);
    }

    /** AP at IoU .5. */
    public double ap50() {
        return mean(ClassEvaluation::ap50);
    }

    /** AP at IoU .75. */
    public double ap75() {
        return mean(ClassEvaluation::ap75);
    }

    /** AP on objects up to 32² square pixels. */
    public double apSmall() {
        return mean(ClassEvaluation::apSmall);
    }

    /** AP on objects of 32² to 96² square pixels. */
    public double apMedium() {
        return mean(ClassEvaluation::apMedium);
    }

    /** AP on objects from 96² square pixels. */
    public double apLarge() {
        return mean(ClassEvaluation::apLarge);
    }

    /** Average recall with one detection an image and class. */
    public double ar1() {
        return mean(ClassEvaluation::ar1);
    }

    /** Average recall with ten detections an image and class. */
    public double ar10() {
        return mean(ClassEvaluation::ar10);
    }

    /** Average recall with a hundred detections an image and class. */
    public double ar100() {
        return mean(ClassEvaluation::ar100);
    }

    /** Average recall on objects up to 32² square pixels. */
    public double arSmall() {
        return mean(ClassEvaluation::arSmall);
    }

    /** Average recall on objects of 32² to 96² square pixels. */
    public double arMedium() {
        return mean(ClassEvaluation::arMedium);
    }

    /** Average recall on objects from 96² square pixels. */
    public double arLarge() {
        return mean(ClassEvaluation::arLarge);
    }

    /** Log-average miss rate at IoU .5: the mean of the classes'. */
    public double lamr() {
        return mean(ClassEvaluation::lamr);
    }

    /** Whether {@link #lamr()} can be compared: there is ground truth, and every class that has some has a reliable one. */
    public boolean lamrReliable() {
        List<ClassEvaluation> present = perClass.values().stream()
                .filter(ofClass -> ofClass.groundTruths() > 0)
                .toList();
        return !present.isEmpty() && present.stream().allMatch(ClassEvaluation::lamrReliable);
    }

    private double mean(ToDoubleFunction<ClassEvaluation> metric) {
        return perClass.values().stream()
                .mapToDouble(metric)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * The metrics as the JSON object that {@code errata evaluate --json} prints: {@code images}, {@code ap}, …, {@code per_class}, and
     * {@code images_without_objects} where there are some.
     * NaN becomes {@code null}. A new object at every call.
     */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("images", images);
        put(json, "ap", ap());
        put(json, "ap50", ap50());
        put(json, "ap75", ap75());
        put(json, "ap_small", apSmall());
        put(json, "ap_medium", apMedium());
        put(json, "ap_large", apLarge());
        put(json, "ar1", ar1());
        put(json, "ar10", ar10());
        put(json, "ar100", ar100());
        put(json, "ar_small", arSmall());
        put(json, "ar_medium", arMedium());
        put(json, "ar_large", arLarge());
        put(json, "lamr", lamr());
        json.put("lamr_reliable", lamrReliable());
        ObjectNode classes = json.putObject("per_class");
        perClass.forEach((label, ofClass) -> {
            ObjectNode node = classes.putObject(label);
            put(node, "ap", ofClass.ap());
            put(node, "ap50", ofClass.ap50());
            put(node, "lamr", ofClass.lamr());
            node.put("lamr_reliable", ofClass.lamrReliable());
            node.put("ground_truths", ofClass.groundTruths());
        });
        if (falseAlarms.images() > 0) {
            ObjectNode background = json.putObject("images_without_objects");
            background.put("images", falseAlarms.images());
            put(background, falseAlarms.all());
            put(background.putObject("at_score_0.5"), falseAlarms.atHalf());
        }
        return json;
    }

    private void put(ObjectNode json, FalseAlarms.Count count) {
        json.put("false_positives", count.falsePositives());
        json.put("false_positives_per_image", (double) count.falsePositives() / falseAlarms.images());
        json.put("images_with_false_positives", count.imagesWithSome());
    }

    private static void put(ObjectNode json, String key, double value) {
        if (Double.isNaN(value)) {
            json.putNull(key);
        } else {
            json.put(key, value);
        }
    }
}
