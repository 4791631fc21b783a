package org.jangbu.cli.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A mapping of a YAML file, read strictly: unknown names and values of another kind are refused with their place. */
public final class Yaml {
    private final String place;
    private final Map<String, Object> members;

    private Yaml(String place, Map<String, Object> members) {
        this.place = place;
        this.members = members;
    }

    /** The mapping that a file holds. */
    public static Yaml read(Path file) {
        String text = InputFile.read(file).toString(StandardCharsets.UTF_8);
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        try {
            Object root = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(text);
            return mapping(file.toString(), root);
        } catch (YAMLException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + " is no YAML: " + e.getMessage(), e);
        }
    }

    private static Yaml mapping(String place, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw CommandFailure.of(ExitCode.UNUSABLE, place + " must be a mapping");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((name, member) -> {
            if (member != null) {
                members.put(String.valueOf(name), member);
            }
        });
        return new Yaml(place, members);
    }

    /** Refuses names that are not among these. */
    public Yaml only(String... names) {
        Set<String> known = Set.of(names);
        members.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw CommandFailure.of(ExitCode.UNUSABLE, place + "." + name + " is not known here");
                });
        return this;
    }

    public Optional<String> text(String name) {
        Optional<Object> value = Optional.ofNullable(members.get(name));
        value.filter(found -> found instanceof Map || found instanceof Collection)
                .ifPresent(found -> {
                    throw CommandFailure.of(ExitCode.UNUSABLE, place + "." + name + " must be a text");
                });
        return value.map(String::valueOf);
    }

    public String required(String name) {
        return text(name).orElseThrow(() -> CommandFailure.of(ExitCode.UNUSABLE, place + "." + name + " is missing"));
    }

    public Optional<Integer> number(String name) {
        return text(name).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw CommandFailure.of(ExitCode.UNUSABLE, place + "." + name + " must be a whole number", e);
            }
        });
    }

    public Optional<Yaml> mapping(String name) {
        return Optional.ofNullable(members.get(name)).map(value -> mapping(place + "." + name, value));
    }

    /** A list of mappings; empty where there is none. */
    public List<Yaml> mappings(String name) {
        List<?> list = list(name);
        return java.util.stream.IntStream.range(0, list.size())
                .mapToObj(i -> mapping(place + "." + name + "[" + i + "]", list.get(i)))
                .toList();
    }

    /** A list of texts, if there is one. */
    public Optional<List<String>> texts(String name) {
        return members.containsKey(name)
                ? Optional.of(list(name).stream().map(String::valueOf).toList())
                : Optional.empty();
    }

    private List<?> list(String name) {
        Object value = members.getOrDefault(name, List.of());
        if (!(value instanceof List<?> list)) {
            throw CommandFailure.of(ExitCode.UNUSABLE, place + "." + name + " must be a list");
        }
        return list;
    }
}
