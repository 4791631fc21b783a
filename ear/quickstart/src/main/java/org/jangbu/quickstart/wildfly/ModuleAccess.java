package org.jangbu.quickstart.wildfly;

import java.util.List;
import java.util.stream.Stream;

/** What WildFly's start script opens of the JDK's modules (bin/common.sh of 39.0.1.Final); without it parts of the server fail late and oddly. */
final class ModuleAccess {
    private static final int FIRST_THAT_WARNS = 24;

    private static final List<String> FOR_WILDFLY = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    /** Newer virtual machines warn of what libraries (the broker's journal, a crypto provider, protobuf) have always done. */
    private static final List<String> OF_NEWER_ONES =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private ModuleAccess() {}

    /** The arguments for a virtual machine of this feature release. */
    static List<String> forWildFlyOn(int feature) {
        return feature < FIRST_THAT_WARNS
                ? FOR_WILDFLY
                : Stream.concat(FOR_WILDFLY.stream(), OF_NEWER_ONES.stream()).toList();
    }
}
