package org.jangbu.chaincode.testkit;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Fabric's chaincode shim and what it needs, as jars on the class path of a contract's tests. */
public final class ShimJars {
    private static final Set<String> NAMES = Set.of(
            "fabric-chaincode-shim",
            "fabric-protos",
            "protobuf-java",
            "json",
            "everit-json-schema",
            "commons-logging",
            "bcprov-jdk18on",
            "grpc-api",
            "grpc-stub",
            "grpc-netty-shaded");

    private ShimJars() {}

    /** Those of the running JVM's class path. */
    public static List<Path> onClassPath() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(Path::of)
                .filter(ShimJars::isShimJar)
                .toList();
    }

    private static boolean isShimJar(Path path) {
        Path name = path.getFileName();
        if (name == null || !name.toString().endsWith(".jar")) {
            return false;
        }
        return NAMES.contains(name.toString().replaceFirst("-\\d.*\\.jar$", ""));
    }
}
