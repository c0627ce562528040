package io.errata.core.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** Lists the types that can be chosen by name: the built-in ones, then a user's own. */
public final class SettingsTypes {

    private SettingsTypes() {}

    /**
     * The built-in types and those that {@link ServiceLoader} finds. To add one from outside, write a public record with a public
     * constructor without arguments, which sets the defaults, and name it in {@code META-INF/services/} and the interface's name.
     *
     * @param builtIn with their defaults
     * @throws IllegalStateException if two have the same name
     */
    public static <T extends TypedSettings> List<T> withOwn(Class<T> service, List<T> builtIn) {
        List<T> all = new ArrayList<>(builtIn);
        ServiceLoader.load(service).forEach(all::add);
        Set<String> names = new HashSet<>();
        for (T one : all) {
            if (!names.add(one.type())) {
                throw new IllegalStateException(
                        "a type must have a name of its own, found " + one.type() + " again in " + one.getClass());
            }
        }
        return List.copyOf(all);
    }
}
