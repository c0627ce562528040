package io.errata.datasets.format;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/**
 * YAML in which every scalar keeps its text: a class named {@code 010}, {@code yes} or {@code 1.50} has that name, which YAML would read
 * as a number or a truth value. Of a key that stands twice the first counts.
 */
final class YamlText {

    private static final YAMLFactory FACTORY = new YAMLFactory();

    private YamlText() {}

    /**
     * Reads one document; a missing node where it is empty.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not YAML
     */
    static JsonNode read(String text) throws IOException {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            return parser.nextToken() == null ? MissingNode.getInstance() : node(parser);
        }
    }

    private static JsonNode node(YAMLParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(node(parser));
            }
            return list;
        }
        if (token == JsonToken.START_OBJECT) {
            ObjectNode mapping = JsonNodeFactory.instance.objectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                JsonNode value = node(parser);
                if (!mapping.has(key)) {
                    mapping.set(key, value);
                }
            }
            return mapping;
        }
        return token == JsonToken.VALUE_NULL ? NullNode.getInstance() : TextNode.valueOf(parser.getText());
    }
}
