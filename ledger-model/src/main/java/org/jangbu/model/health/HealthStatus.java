package org.jangbu.model.health;

/**
 * What a probe found.
 *
 * @param well whether the part is well
 * @param detail a few words for the operator, without secrets; empty if there is nothing to say
 */
public record HealthStatus(boolean well, String detail) {
    private static final HealthStatus UP = new HealthStatus(true, "");

    public static HealthStatus up() {
        return UP;
    }

    public static HealthStatus up(String detail) {
        return new HealthStatus(true, detail);
    }

    public static HealthStatus down(String reason) {
        return new HealthStatus(false, reason);
    }
}
