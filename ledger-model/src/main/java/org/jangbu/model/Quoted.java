package org.jangbu.model;

/** Foreign text made fit for a message or a log line: short, and without control characters. */
public final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    /** At most 80 characters of {@code text}, control and surrogate characters replaced by {@code ?}. */
    public static String brief(String text) {
        String head = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        StringBuilder out = new StringBuilder(head.length());
        head.chars()
                .map(c -> Character.isISOControl(c) || Character.isSurrogate((char) c) ? '?' : c)
                .forEach(c -> out.append((char) c));
        return out.toString();
    }
}
