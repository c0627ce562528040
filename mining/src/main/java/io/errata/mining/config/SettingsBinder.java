package io.errata.mining.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.network.DeviceSetting;
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
            .configure(EnumFeature.WRITE_ENUMS_TO_LOWERCASE, true)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
            .withCoercionConfigDefaults(
                    config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .build();

    private final YamlDocument document;
    private final Object top;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> misspelt = new HashSet<>();

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
        if (!(node instanceof ObjectNode || node instanceof NullNode)) {
            add(path, "must be a section of keys, found " + ValueReader.found(node), "bad-value");
            return template;
        }
        ObjectNode mapping = node instanceof ObjectNode object ? object : YAML.createObjectNode();
        findUnknownKeys(path, mapping, template);
        RecordComponent[] components = template.getClass().getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = snake(components[i].getName());
            values[i] = value(join(path, key), mapping.get(key), components[i], valueOf(template, components[i]));
        }
        return construct(path, template, components, values);
    }

    private @Nullable Object value(
            String path, @Nullable JsonNode node, RecordComponent component, @Nullable Object defaults) {
        if (defaults != null && isSection(defaults)) {
            return section(path, node == null ? NullNode.getInstance() : node, defaults);
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

    private Object construct(String path, Object template, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = template.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof InvalidInputException invalid)) {
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

    /** What stands for a section's absent keys: its defaults, or where the section is a choice of types, those of the type it names. */
    private Object template(String path, JsonNode section, Object defaults) {
        Optional<Choice> choice = Choice.of(defaults);
        JsonNode type = section.get(Choice.KEY);
        if (choice.isEmpty() || type == null) {
            return defaults;
        }
        Optional<Object> template = choice.get().defaults(type.asText());
        if (template.isEmpty()) {
            add(join(path, Choice.KEY), ValueReader.oneOf(choice.get().names(), type), "bad-value");
        }
        return template.orElse(defaults);
    }

    private void findUnknownKeys(String path, ObjectNode section, Object template) {
        Set<String> known = new LinkedHashSet<>(keys(template));
        Choice.of(template).ifPresent(choice -> {
            known.add(Choice.KEY);
            if (document.isOverridden(join(path, Choice.KEY))) {
                choice.all().forEach(other -> known.addAll(keys(other)));
            }
        });
        section.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                add(join(path, key), "unknown key; " + hint(path, key, known), "unknown-key");
            }
        });
    }

    private String hint(String path, String key, Set<String> known) {
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
            String inner = join(path, snake(component.getName()));
            Object value = valueOf(template, component);
            return value != null && isSection(value) ? paths(inner, value) : Stream.of(inner);
        });
    }

    private static List<String> keys(Object template) {
        return Stream.of(template.getClass().getRecordComponents())
                .map(component -> snake(component.getName()))
                .toList();
    }

    private static boolean isSection(Object defaults) {
        return defaults instanceof Record && !(defaults instanceof DeviceSetting);
    }

    private static @Nullable Object valueOf(Object template, RecordComponent component) {
        try {
            return component.getAccessor().invoke(template);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String snake(String name) {
        return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(name);
    }
}
