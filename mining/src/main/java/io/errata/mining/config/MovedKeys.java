package io.errata.mining.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys that had other names in earlier versions. A person is told the new name; what a run wrote itself is understood. */
final class MovedKeys {

    private static final Map<String, String> NEW_NAMES = newNames();

    private MovedKeys() {}

    private static Map<String, String> newNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("loss.box", "box_loss");
        names.put("mining.per_image", "mining.policy.per_image");
        names.put("mining.nms_iou", "mining.policy.nms_iou");
        return names;
    }

    /** Notes a problem for each old key, and takes it out. */
    static void refuse(YamlDocument document) {
        NEW_NAMES.forEach((old, name) -> document.remove(old)
                .ifPresent(value -> document.add(old, "is " + name + " now; rename it", "moved-key")));
    }

    /** Gives each old key its new name. */
    static void move(YamlDocument document) {
        NEW_NAMES.forEach((old, name) -> document.remove(old).ifPresent(value -> document.put(name, value)));
        JsonNode train = document.root().path("data").path("train");
        if (train.size() == 1 && train.get(0).asText().equals("api")) {
            document.put("data.train", new TextNode(JavaObjects.DATA));
        }
    }
}
