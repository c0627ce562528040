package io.errata.mining.config;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidArgumentException;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.problem.Spelling;
import io.errata.core.settings.TypedSettings;
import io.errata.detection.engine.DeviceSetting;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds a document to records of settings. A record of defaults says which keys there are and what stands for the absent ones; a
 * component that is itself a record is a section. Unlike Jackson's own binding it goes on after a problem, so that all are told at
 * once: a value that does not fit counts as absent from there on. Unknown keys come before missing ones.
 */
final class SettingsBinder {

    /** Writes configurations; reads single values. */
    static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .configure(EnumFeature.WRITE_ENUMS_TO_LOWERCASE, true)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
            .withCoercionConfigDefaults(
                    config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .addModule(new SimpleModule().addSerializer(TypedSettings.class, new TaggedUnion.Serializer()))
            .build();

    /** Of more unknown keys it is not told what they may have meant. */
    private static final int MOST_HINTS = 10;

    private static final int MOST_LETTERS = 100;

    private final YamlDocument document;
    private final Object top;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> misspelt = new HashSet<>();
    private int unknownKeys;

    private SettingsBinder(YamlDocument document, Object top) {
        this.document = document;
        this.top = top;
    }

    /**
     * A record like {@code defaults}, with what the document says.
     *
     * @throws InvalidInputException with every problem of the document, in the order of its lines
     */
    static <R extends Record> R bind(YamlDocument document, R defaults) {
        SettingsBinder binder = new SettingsBinder(document, defaults);
        binder.problems.addAll(document.problems());
        Object bound = binder.section("", document.root(), defaults);
        if (!binder.problems.isEmpty()) {
            binder.problems.sort(Comparator.comparing(Problem::line, Comparator.nullsLast(Comparator.naturalOrder())));
            throw new InvalidInputException(binder.problems);
        }
        @SuppressWarnings("unchecked") // a section has the class of its defaults
        R record = (R) bound;
        return record;
    }

    private Object section(String path, JsonNode node, Object defaults) {
        Object template = template(path, node, defaults);
        if (!(node instanceof ObjectNode || node instanceof NullNode || isTypeName(node, defaults))) {
            add(path, "must be a section of keys, found " + ValueReader.found(node), "bad-value");
            return template;
        }
        ObjectNode mapping = node instanceof ObjectNode object ? object : YAML.createObjectNode();
        findUnknownKeys(path, mapping, template);
        return record(path, mapping, template);
    }

    /** A record like the template, with what a mapping says. Records whose keys are the section's own are bound in the same place. */
    private Object record(String path, ObjectNode mapping, Object template) {
        RecordComponent[] components = template.getClass().getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object defaults = valueOf(template, components[i]);
            String key = snake(components[i].getName());
            values[i] = defaults != null && isUnwrapped(components[i])
                    ? record(path, mapping, defaults)
                    : value(join(path, key), mapping.get(key), components[i], defaults);
        }
        return construct(path, template, components, values);
    }

    private @Nullable Object value(
            String path, @Nullable JsonNode node, RecordComponent component, @Nullable Object defaults) {
        if (defaults != null && isSection(defaults)) {
            return section(path, node == null ? NullNode.getInstance() : node, defaults);
        }
        if (node != null && defaults instanceof List<?> list && !list.isEmpty() && isSection(list.get(0))) {
            return sections(path, node, list.get(0));
        }
        if (node == null) {
            JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
            if (property != null && property.required() && !misspelt.contains(path)) {
                add(path, "must be given: it has no default", "missing-key");
            }
            return defaults;
        }
        try {
            return ValueReader.read(node, component);
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> add(path, problem.problem(), problem.kind()));
            return defaults;
        }
    }

    /** One section, or a list of them. */
    private List<Object> sections(String path, JsonNode node, Object defaults) {
        if (!(node instanceof ArrayNode list)) {
            return List.of(section(path, node, defaults));
        }
        List<Object> sections = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            sections.add(section(path + "[" + i + "]", list.get(i), defaults));
        }
        return sections;
    }

    private Object construct(String path, Object template, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = template.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof InvalidArgumentException invalid)) {
                throw new IllegalStateException(e.getCause());
            }
            for (Problem problem : invalid.problems()) {
                add(join(path, snake(String.valueOf(problem.key()))), problem.problem(), problem.kind());
            }
            return template;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands for a section's absent keys: its defaults, or where there are several types, those of the type that it names. */
    private Object template(String path, JsonNode section, Object defaults) {
        Optional<TaggedUnion> union = TaggedUnion.of(defaults);
        boolean named = isTypeName(section, defaults);
        JsonNode type = named ? section : section.get(TaggedUnion.KEY);
        if (union.isEmpty() || type == null) {
            return defaults;
        }
        Optional<TypedSettings> template = union.get().defaults(type.asText());
        if (template.isEmpty()) {
            add(
                    named ? path : join(path, TaggedUnion.KEY),
                    ValueReader.oneOf(union.get().names(), type),
                    "bad-value");
        }
        return template.<Object>map(one -> one).orElse(defaults);
    }

    /** Whether a section is given by the name of its type alone, with all defaults. */
    private static boolean isTypeName(JsonNode node, Object defaults) {
        return node.isTextual() && TaggedUnion.of(defaults).isPresent();
    }

    private void findUnknownKeys(String path, ObjectNode section, Object template) {
        Set<String> known = new LinkedHashSet<>(keys(template));
        TaggedUnion.of(template).ifPresent(union -> {
            known.add(TaggedUnion.KEY);
            if (document.isOverridden(join(path, TaggedUnion.KEY))) {
                union.alternatives().forEach(other -> known.addAll(keys(other)));
            }
        });
        section.properties().forEach(field -> {
            String key = field.getKey();
            if (!known.contains(key)) {
                unknownKeys++;
                String hint = unknownKeys > MOST_HINTS ? "" : "; " + hint(path, key, field.getValue(), known);
                add(join(path, key), "unknown key" + hint, "unknown-key");
            }
        });
    }

    private String hint(String path, String key, JsonNode value, Set<String> known) {
        int colon = key.indexOf(':');
        if (value.isNull() && colon > 0 && known.contains(key.substring(0, colon))) {
            String text = Excerpt.of(key.substring(colon + 1));
            return "a space must follow the colon of a key: " + key.substring(0, colon) + ": \"" + text + "\"";
        }
        if (key.length() > MOST_LETTERS) {
            return "known here: " + String.join(", ", known);
        }
        Optional<String> near = Spelling.nearest(key, known).map(name -> join(path, name));
        near.ifPresent(misspelt::add);
        return near.or(() -> paths("", top)
                        .filter(other -> other.endsWith("." + key) && !other.equals(join(path, key)))
                        .findFirst())
                .map(meant -> "did you mean " + meant + "?")
                .orElse("known here: " + String.join(", ", known));
    }

    private void add(String path, String problem, String kind) {
        problems.add(document.problem(path, problem, kind));
    }

    private static Stream<String> paths(String path, Object template) {
        return Stream.of(template.getClass().getRecordComponents()).flatMap(component -> {
            String inner = isUnwrapped(component) ? path : join(path, snake(component.getName()));
            Object value = valueOf(template, component);
            return value != null && isSection(value) ? paths(inner, value) : Stream.of(inner);
        });
    }

    private static List<String> keys(Object template) {
        return Stream.of(template.getClass().getRecordComponents())
                .flatMap(component -> isUnwrapped(component)
                        ? keys(requireNonNull(valueOf(template, component))).stream()
                        : Stream.of(snake(component.getName())))
                .toList();
    }

    /** Whether a component's own components are keys of the section that it is in. */
    private static boolean isUnwrapped(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }

    private static boolean isSection(Object defaults) {
        return defaults instanceof Record && !(defaults instanceof DeviceSetting);
    }

    static @Nullable Object valueOf(Object template, RecordComponent component) {
        try {
            return component.getAccessor().invoke(template);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String snake(String name) {
        return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(name);
    }
}
