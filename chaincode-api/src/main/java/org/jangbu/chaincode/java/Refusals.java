package org.jangbu.chaincode.java;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the platform that a contract may not make: they end or change the server, start threads that outlive an invocation and escape its
 * limits, or start processes. A call is refused when it is made, not when the class is loaded: libraries hold many that never run.
 */
final class Refusals {
    private static final Map<String, Set<String>> BY_OWNER = Map.ofEntries(
            Map.entry(
                    "java/lang/System",
                    Set.of(
                            "exit",
                            "load",
                            "loadLibrary",
                            "setProperty",
                            "setProperties",
                            "clearProperty",
                            "setIn",
                            "setOut",
                            "setErr",
                            "setSecurityManager")),
            Map.entry(
                    "java/lang/Runtime",
                    Set.of("exit", "halt", "exec", "load", "loadLibrary", "addShutdownHook", "removeShutdownHook")),
            Map.entry("java/lang/ProcessBuilder", Set.of("start", "startPipeline")),
            Map.entry(
                    "java/lang/Thread",
                    Set.of(
                            "start",
                            "startVirtualThread",
                            "ofVirtual",
                            "ofPlatform",
                            "setDefaultUncaughtExceptionHandler")),
            Map.entry("java/util/Timer", Set.of("<init>")),
            Map.entry("java/util/concurrent/ThreadPoolExecutor", Set.of("<init>")),
            Map.entry("java/util/concurrent/ScheduledThreadPoolExecutor", Set.of("<init>")),
            Map.entry("java/util/concurrent/ForkJoinPool", Set.of("<init>", "commonPool")),
            Map.entry("java/util/concurrent/CompletableFuture", Set.of("runAsync", "supplyAsync")),
            Map.entry("java/util/Locale", Set.of("setDefault")),
            Map.entry("java/util/TimeZone", Set.of("setDefault")),
            Map.entry("java/util/logging/LogManager", Set.of("reset", "readConfiguration", "updateConfiguration")),
            Map.entry("java/security/Security", Set.of("removeProvider", "setProperty")));
    private static final String EXECUTORS = "java/util/concurrent/Executors";
    private static final Set<String> IGNORED = Set.of("addProvider", "insertProviderAt");
    private static final Set<String> PARALLEL = Set.of("parallelStream", "parallel");

    private Refusals() {}

    /** The refused call in words for the contract's author, or null if it is none. */
    static @Nullable String find(String owner, String name) {
        boolean refused = BY_OWNER.getOrDefault(owner, Set.of()).contains(name)
                || (owner.equals(EXECUTORS) && name.startsWith("new"))
                || (owner.startsWith("java/util/") && PARALLEL.contains(name));
        return refused ? owner.substring(owner.lastIndexOf('/') + 1) + "." + name : null;
    }

    /** Calls of {@code Security} that have no effect instead: Fabric's {@code ChaincodeBase} makes one whenever it is loaded. */
    static boolean isIgnored(String securityMethod) {
        return IGNORED.contains(securityMethod);
    }
}
