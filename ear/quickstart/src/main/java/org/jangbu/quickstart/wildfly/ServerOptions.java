package org.jangbu.quickstart.wildfly;

import java.util.ArrayList;
import java.util.List;

/**
 * How to start a server.
 *
 * @param portOffset added to each of its ports (8080, 8443, 9990, …)
 * @param jvmArguments for example heap sizes, a {@code -javaagent} or system properties, after the usual ones, which they override
 */
public record ServerOptions(int portOffset, List<String> jvmArguments) {
    /** Enough for a trial on two cores, and bounded; parallel collection costs the least work per transaction, and pauses of a small heap are short. */
    private static final List<String> USUAL = List.of(
            "-Xms512m",
            "-Xmx1536m",
            "-XX:MaxMetaspaceSize=768m",
            "-XX:+UseParallelGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            "-Djava.net.preferIPv4Stack=true");

    public ServerOptions {
        jvmArguments = List.copyOf(jvmArguments);
    }

    public static ServerOptions atOffset(int portOffset) {
        return new ServerOptions(portOffset, List.of());
    }

    /** The same with more arguments for the virtual machine. */
    public ServerOptions with(String... more) {
        List<String> all = new ArrayList<>(jvmArguments);
        all.addAll(List.of(more));
        return new ServerOptions(portOffset, all);
    }

    List<String> virtualMachine() {
        List<String> all = new ArrayList<>(USUAL);
        all.addAll(jvmArguments);
        return all;
    }
}
