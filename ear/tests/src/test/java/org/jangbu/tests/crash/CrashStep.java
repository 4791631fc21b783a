package org.jangbu.tests.crash;

/** The steps at which a server can be stopped, in the order in which a transaction passes them; {@code steps.btm} says where each of them is. */
enum CrashStep {
    AFTER_ACCEPTANCE,
    AFTER_PROVISIONAL_APPEND,
    AFTER_PUBLISH,
    AFTER_MARK,
    AFTER_PEER_APPEND,
    BEFORE_DATABASE_COMMIT,
    AFTER_DATABASE_COMMIT
}
