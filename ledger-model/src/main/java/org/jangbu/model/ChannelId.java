package org.jangbu.model;

import java.util.regex.Pattern;

/** The name of a channel: {@code [a-z][a-z0-9.-]*}, at most 249 characters (Fabric's configtx rule). */
public record ChannelId(String value) implements Comparable<ChannelId> {
    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9.-]{0,248}");

    public ChannelId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a channel id: '" + Quoted.brief(value) + "'");
        }
    }

    /** Whether the text may name a channel. */
    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    @Override
    public int compareTo(ChannelId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
