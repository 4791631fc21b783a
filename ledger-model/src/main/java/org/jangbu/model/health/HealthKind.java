package org.jangbu.model.health;

/** The question a probe answers, in the words of MicroProfile Health and Kubernetes. */
public enum HealthKind {
    /** Has the part finished starting? Until all have, no other answer counts. */
    STARTUP,
    /** Does the part still work, or can only a restart help? */
    LIVENESS,
    /** Can the part serve requests now: ledger caught up, broker and database reachable? */
    READINESS
}
