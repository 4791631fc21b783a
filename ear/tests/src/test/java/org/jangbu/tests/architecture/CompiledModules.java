package org.jangbu.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The compiled classes of all modules, read once. */
final class CompiledModules {
    private static final List<String> MODULES = List.of(
            "ledger-model",
            "chaincode-api",
            "msp-security",
            "ledger-ejb",
            "ordering-jms",
            "web-console",
            "cli",
            "ear/health",
            "ear/tls",
            "ear/elytron",
            "ear/quickstart");

    private static final JavaClasses CLASSES = read();

    private CompiledModules() {}

    static JavaClasses classes() {
        return CLASSES;
    }

    private static JavaClasses read() {
        List<Path> folders = MODULES.stream()
                .map(module -> Path.of("../..", module, "target/classes"))
                .toList();
        assertThat(folders).allMatch(Files::isDirectory);
        return new ClassFileImporter().importPaths(folders);
    }
}
