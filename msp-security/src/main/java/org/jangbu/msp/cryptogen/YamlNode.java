package org.jangbu.msp.cryptogen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of the description that knows where it stands, so that whoever wrote it is told the place of a mistake. */
final class YamlNode {
    private final String place;
    private final @Nullable Object value;

    YamlNode(String place, @Nullable Object value) {
        this.place = place;
        this.value = value;
    }

    /** @throws CryptoConfigException if it has a name that is none of these: a slip of the pen must not be taken for nothing said */
    void allow(Set<String> names) throws CryptoConfigException {
        for (Object name : map().keySet()) {
            if (!names.contains(String.valueOf(name))) {
                throw wrong("'" + shown(name) + "' is none of "
                        + names.stream().sorted().toList());
            }
        }
    }

    boolean has(String name) throws CryptoConfigException {
        return map().get(name) != null;
    }

    YamlNode get(String name) throws CryptoConfigException {
        return new YamlNode(place.isEmpty() ? name : place + "." + name, map().get(name));
    }

    /** The entries of a list; none if it is not there. */
    List<YamlNode> list(int most) throws CryptoConfigException {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> entries)) {
            throw wrong("must be a list");
        }
        if (entries.size() > most) {
            throw wrong("has more than " + most + " entries");
        }
        List<YamlNode> nodes = new ArrayList<>();
        for (Object entry : entries) {
            nodes.add(new YamlNode(place + "[" + nodes.size() + "]", entry));
        }
        return nodes;
    }

    String text() throws CryptoConfigException {
        if (value instanceof Map || value instanceof List || value == null) {
            throw wrong("must be a text");
        }
        return value.toString().strip();
    }

    String text(String otherwise) throws CryptoConfigException {
        return value == null ? otherwise : text();
    }

    int number(int most, int otherwise) throws CryptoConfigException {
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number && number >= 0 && number <= most) {
            return number;
        }
        throw wrong("must be a number from 0 to " + most);
    }

    boolean flag() throws CryptoConfigException {
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw wrong("must be true or false");
    }

    CryptoConfigException wrong(String reason) {
        return new CryptoConfigException((place.isEmpty() ? "the description" : place) + ": " + reason);
    }

    private Map<?, ?> map() throws CryptoConfigException {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> names) {
            return names;
        }
        throw wrong("must have names and values");
    }

    private static String shown(Object name) {
        String text = String.valueOf(name);
        return text.substring(0, Math.min(text.length(), 40));
    }
}
