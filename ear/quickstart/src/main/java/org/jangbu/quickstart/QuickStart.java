package org.jangbu.quickstart;

/** x. */
public final class QuickStart {
    private QuickStart() {}
}
