package org.jangbu.model.json;

/**
 * What one text may cost.
 *
 * @param depth how deep objects and arrays may lie within each other
 * @param values how many values a text may hold when it is read
 * @param length how many characters a text may have when it is written
 */
public record JsonLimits(int depth, int values, int length) {
    /** Enough for the largest block that Fabric allows, and for every configuration that its own tools can read. */
    public static final JsonLimits USUAL = new JsonLimits(250, 4_000_000, 512 << 20);

    public JsonLimits {
        if (depth < 1 || values < 1 || length < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
