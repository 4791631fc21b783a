package org.jangbu.model.json;

/** How JSON is spelt. */
public enum JsonForm {
    /** As Go's encoder does when told to indent by tabs, members as they stand: the form of Fabric's tools, character by character. */
    INDENTED(true, false, true),

    /** As Go's encoder does by default: no white space, members sorted by name, what HTML reads specially escaped. */
    GO(false, true, true),

    /** No white space, members as they stand, nothing escaped that need not be. */
    LINE(false, false, false);

    private final boolean indented;
    private final boolean sorted;
    private final boolean safeInHtml;

    JsonForm(boolean indented, boolean sorted, boolean safeInHtml) {
        this.indented = indented;
        this.sorted = sorted;
        this.safeInHtml = safeInHtml;
    }

    boolean isIndented() {
        return indented;
    }

    boolean isSorted() {
        return sorted;
    }

    /** Whether the character is written by its number. */
    boolean escapes(char c) {
        return c < ' ' || (safeInHtml && (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029'));
    }
}
