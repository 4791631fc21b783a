package org.jangbu.chaincode.java;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the platform that a contract may not make: they end or change the server, start threads that outlive an invocation and escape its
 * limits, start processes, or lead to the server's classes, files and connections. A call is refused when it is made, not when the class is loaded: libraries hold many that never run.
 */
final class Refusals {
    private static final String INIT = "<init>";
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
            Map.entry("java/security/Security", Set.of("removeProvider", "setProperty")),
            Map.entry("java/lang/Module", Set.of("getClassLoader")),
            Map.entry("java/lang/ModuleLayer", Set.of("boot", "findLoader")),
            Map.entry("java/security/ProtectionDomain", Set.of("getClassLoader")),
            Map.entry("java/lang/StackWalker", Set.of("getInstance")),
            Map.entry("java/lang/management/ManagementFactory", Set.of("getPlatformMBeanServer")),
            Map.entry("java/net/Socket", Set.of(INIT)),
            Map.entry("java/net/ServerSocket", Set.of(INIT)),
            Map.entry("java/net/DatagramSocket", Set.of(INIT)),
            Map.entry("java/net/http/HttpClient", Set.of("newHttpClient", "newBuilder")),
            Map.entry("java/nio/channels/SocketChannel", Set.of("open")),
            Map.entry("java/nio/channels/ServerSocketChannel", Set.of("open")),
            Map.entry("java/nio/channels/AsynchronousSocketChannel", Set.of("open")),
            Map.entry("java/nio/channels/FileChannel", Set.of("open")),
            Map.entry("java/nio/channels/AsynchronousFileChannel", Set.of("open")),
            Map.entry("java/nio/file/FileSystem", Set.of("provider")),
            Map.entry("java/nio/file/spi/FileSystemProvider", Set.of("installedProviders")),
            Map.entry("java/io/FileInputStream", Set.of(INIT)),
            Map.entry("java/io/FileOutputStream", Set.of(INIT)),
            Map.entry("java/io/RandomAccessFile", Set.of(INIT)),
            Map.entry("java/io/FileReader", Set.of(INIT)),
            Map.entry("java/io/FileWriter", Set.of(INIT)),
            Map.entry("java/lang/ClassLoader", Set.of(INIT, "defineClass")),
            Map.entry("java/security/SecureClassLoader", Set.of(INIT)),
            Map.entry("java/net/URLClassLoader", Set.of(INIT, "newInstance")),
            Map.entry("java/lang/invoke/MethodHandles$Lookup", Set.of("defineClass", "defineHiddenClass")),
            Map.entry("java/util/zip/ZipFile", Set.of(INIT)),
            Map.entry("java/util/jar/JarFile", Set.of(INIT)));
    /** Of whose classes nothing may be called: other ways to the server's files, beans and names, and to calls that are refused. */
    private static final List<String> OWNERS =
            List.of("java/nio/file/Files", "java/beans/", "javax/management/", "javax/naming/", "javax/script/");
    /** Take the name of a file as their first argument. */
    private static final Set<String> WRITERS =
            Set.of("java/io/PrintStream", "java/io/PrintWriter", "java/util/Formatter");

    private static final String EXECUTORS = "java/util/concurrent/Executors";
    private static final Set<String> IGNORED = Set.of("addProvider", "insertProviderAt");
    private static final Set<String> PARALLEL = Set.of("parallelStream", "parallel");

    private Refusals() {}

    /** The refused call in words for the contract's author, or null if it is none. */
    static @Nullable String find(String owner, String name, String descriptor) {
        boolean refused = isRefused(owner, name) || (name.equals(INIT) && opensFile(owner, descriptor));
        return refused ? owner.substring(owner.lastIndexOf('/') + 1) + "." + name : null;
    }

    private static boolean isRefused(String owner, String name) {
        return BY_OWNER.getOrDefault(owner, Set.of()).contains(name)
                || (owner.equals(EXECUTORS) && name.startsWith("new"))
                || (owner.startsWith("java/util/") && PARALLEL.contains(name))
                || OWNERS.stream().anyMatch(owner::startsWith);
    }

    /** Classes that read or write whatever file they are given. */
    private static boolean opensFile(String owner, String descriptor) {
        boolean given = descriptor.startsWith("(Ljava/io/File;") || descriptor.startsWith("(Ljava/nio/file/Path;");
        boolean named = WRITERS.contains(owner) && descriptor.startsWith("(Ljava/lang/String;");
        return named || (given && owner.startsWith("java/") && !owner.equals("java/io/File"));
    }

    /** Whether a method may not be had by reflection: what is refused in a call, and what is replaced. */
    static boolean isRefusedByReflection(String className, String name) {
        String owner = className.replace('.', '/');
        return isRefused(owner, name)
                || Replacements.isReplaced(owner, name)
                || name.equals("getSystemClassLoader")
                || name.equals("getContextClassLoader")
                || (name.equals(INIT) && (WRITERS.contains(owner) || owner.equals("java/util/Scanner")))
                || owner.equals("sun/misc/Unsafe");
    }

    /** Calls of {@code Security} that have no effect instead: Fabric's {@code ChaincodeBase} makes one whenever it is loaded. */
    static boolean isIgnored(String securityMethod) {
        return IGNORED.contains(securityMethod);
    }
}
