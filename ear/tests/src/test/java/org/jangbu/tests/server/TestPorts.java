package org.jangbu.tests.server;

import java.nio.file.Path;

/** Where this run's servers listen and keep their files; the build says so, and each checkout may choose its own. */
public final class TestPorts {
    private TestPorts() {}

    /** Added to the ports 8080, 8443 and 9990 of the network's server. */
    public static int offset() {
        return Integer.getInteger("jangbu.test.port-offset");
    }

    /** The same for a server of a test's own, which may run beside it. */
    public static int ownServerOffset() {
        return offset() + 20;
    }

    public static int postgres() {
        return Integer.getInteger("jangbu.test.postgres-port");
    }

    /** Of a test's own database. */
    public static int ownPostgres() {
        return postgres() + 1;
    }

    /** For whatever a test opens itself. */
    public static int spare(int which) {
        return postgres() + 10 + which;
    }

    /** Everything that servers of this run keep; below {@code target}, so a clean build removes it. */
    public static Path folder() {
        return Path.of(System.getProperty("jangbu.test.folder"));
    }
}
