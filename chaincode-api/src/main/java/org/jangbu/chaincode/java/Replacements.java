package org.jangbu.chaincode.java;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** The platform's methods in place of which a contract calls {@code Sight}, which shows it nothing of the server. */
final class Replacements {
    static final String SIGHT = "org/jangbu/chaincode/java/bridge/Sight";

    private static final String CLASS = "java/lang/Class";
    private static final String LOOKUP = "java/lang/invoke/MethodHandles$Lookup";
    private static final Map<String, Set<String>> BY_OWNER = Map.of(
            CLASS,
            Set.of(
                    "getClassLoader",
                    "getMethod",
                    "getDeclaredMethod",
                    "getMethods",
                    "getDeclaredMethods",
                    "getConstructor",
                    "getDeclaredConstructor",
                    "getConstructors",
                    "getDeclaredConstructors",
                    "getField",
                    "getDeclaredField",
                    "getFields",
                    "getDeclaredFields",
                    "newInstance"),
            LOOKUP,
            Set.of(
                    "findVirtual",
                    "findStatic",
                    "findSpecial",
                    "findConstructor",
                    "findGetter",
                    "findStaticGetter",
                    "findVarHandle",
                    "findStaticVarHandle",
                    "bind"),
            "java/lang/invoke/MethodHandles",
            Set.of("privateLookupIn"),
            "java/net/URL",
            Set.of("openStream", "openConnection", "getContent"),
            "java/lang/System",
            Set.of("getenv", "getProperty", "getProperties"));

    private Replacements() {}

    /** The descriptor under which {@code Sight} has the method of that name, or null if the call stays as it is. */
    static @Nullable String find(int opcode, String owner, String name, String descriptor) {
        if (!isReplaced(owner, name) && !leadsToLoader(name, descriptor)) {
            return null;
        }
        if (opcode == Opcodes.INVOKESTATIC) {
            return descriptor;
        }
        String receiver = name.equals("getContextClassLoader") ? "java/lang/Thread" : owner;
        return "(L" + receiver + ";" + descriptor.substring(1);
    }

    static boolean isReplaced(String owner, String name) {
        return BY_OWNER.getOrDefault(owner, Set.of()).contains(name);
    }

    /** May be called by the name of a subclass. */
    private static boolean leadsToLoader(String name, String descriptor) {
        return (name.equals("getSystemClassLoader") || name.equals("getContextClassLoader"))
                && descriptor.equals("()Ljava/lang/ClassLoader;");
    }
}
