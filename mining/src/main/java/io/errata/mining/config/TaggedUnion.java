package io.errata.mining.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.errata.core.settings.TypedSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * A section that is one of several types, named by one of its keys.
 *
 * @param alternatives the types, each with its defaults
 */
record TaggedUnion(List<? extends TypedSettings> alternatives) {

    /** The key that names the type. */
    static final String KEY = "type";

    /** The union that a record is one of, if it is. */
    static Optional<TaggedUnion> of(Object settings) {
        return settings instanceof TypedSettings typed
                ? Optional.of(new TaggedUnion(typed.alternatives()))
                : Optional.empty();
    }

    List<String> names() {
        return alternatives.stream().map(TypedSettings::type).toList();
    }

    /** The defaults of the type of this name. */
    Optional<TypedSettings> defaults(String name) {
        return alternatives.stream()
                .filter(one -> one.type().equals(name))
                .<TypedSettings>map(one -> one)
                .findFirst();
    }

    /** Writes the type first, then the record's components. */
    static final class Serializer extends StdSerializer<TypedSettings> {

        Serializer() {
            super(TypedSettings.class);
        }

        @Override
        public void serialize(TypedSettings settings, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeStartObject(settings);
            out.writeStringField(KEY, settings.type());
            for (RecordComponent component : settings.getClass().getRecordComponents()) {
                out.writeFieldName(SettingsBinder.snake(component.getName()));
                provider.defaultSerializeValue(SettingsBinder.valueOf(settings, component), out);
            }
            out.writeEndObject();
        }
    }
}
