package org.jangbu.chaincode.plugin.jars;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which plug-in a chaincode definition means: {@code <name>:<version>:<SHA-256 of the jar, in hex>}. The hash alone decides; name and version
 * are there for people, and must be those the jar bears.
 */
public record PluginReference(String name, String version, String sha256) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}";
    private static final String VERSION = "[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}";
    private static final Pattern FORM = Pattern.compile("(" + NAME + "):(" + VERSION + "):([0-9a-f]{64})");

    public PluginReference {
        if (!FORM.matcher(name + ":" + version + ":" + sha256).matches()) {
            throw new IllegalArgumentException("no plug-in is named so");
        }
    }

    /** Reads a reference; empty if the text is none. */
    public static Optional<PluginReference> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new PluginReference(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name + ":" + version + ":" + sha256;
    }
}
