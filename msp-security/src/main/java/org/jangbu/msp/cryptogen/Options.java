package org.jangbu.msp.cryptogen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a command was called with, each name once. */
record Options(Map<String, String> values) {
    Options {
        values = Map.copyOf(values);
    }

    /**
     * Reads {@code --name=value}, {@code --name value}, and {@code --flag}; empty if there is anything else.
     *
     * @param names of those with a value
     * @param flags of those without
     */
    static Optional<Options> parse(List<String> arguments, Set<String> names, Set<String> flags) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                return Optional.empty();
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            boolean flag = flags.contains(name) && equals < 0;
            if (!flag && (!names.contains(name) || (equals < 0 && ++i == arguments.size()))) {
                return Optional.empty();
            }
            String value = flag ? "true" : equals < 0 ? arguments.get(i) : argument.substring(equals + 1);
            if (value.isEmpty() || values.put(name, value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Options(values));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }
}
