package org.jangbu.model.health;

/** One part's answer to one {@link HealthKind question}. Asked often and from any thread: it must be quick and must not block for longer than a second. */
@FunctionalInterface
public interface HealthProbe {

    /**
     * Looks now; nothing is cached.
     *
     * @throws Exception taken as {@link HealthStatus#down(String)} with the exception's class; its message goes to nobody, since health is answered without
     *     authentication
     */
    HealthStatus check() throws Exception;
}
