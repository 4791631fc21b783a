package org.jangbu.chaincode.java;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.testkit.InMemoryLedger;
import org.jangbu.chaincode.testkit.ShimJars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class ShimTest {
    private static final List<Path> CONTRACT_API = ShimJars.onClassPath().stream()
            .filter(jar -> !jar.getFileName().toString().startsWith("grpc"))
            .toList();

    @TempDir
    Path folder;

    @Test
    void the_contract_api_needs_seven_libraries() throws Exception {
        assertThat(CONTRACT_API).hasSize(7);

        works(thinJar(), CONTRACT_API);
    }

    @Test
    void a_fat_jar_brings_its_own_shim() throws Exception {
        works(fatJar(), List.of());
    }

    @Test
    void a_folder_of_jars_is_one_package() throws Exception {
        Path code = Files.createDirectories(folder.resolve("code/src"));
        Files.copy(thinJar(), code.resolve("contract.jar"));
        Path libraries = Files.createDirectories(folder.resolve("code/lib"));
        for (Path jar : CONTRACT_API) {
            Files.copy(jar, libraries.resolve(jar.getFileName()));
        }

        works(folder.resolve("code"), List.of());
    }

    /** Where the contracts of Fabric's own samples are. */
    @Test
    void a_contract_may_be_in_a_package_beside_the_shims() throws Exception {
        works(
                TestJar.in("org/hyperledger/fabric/samples", folder.resolve("sample.jar"), "BesideTheShim"),
                CONTRACT_API);
    }

    @Test
    void the_server_itself_needs_no_shim() throws Exception {
        try (URLClassLoader server = new URLClassLoader(classPathWithoutShim(), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> server.loadClass("org.hyperledger.fabric.shim.Chaincode"))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> limits = server.loadClass(Limits.class.getName());
            Class<?> type = server.loadClass(JavaChaincodeDeployer.class.getName());
            try (AutoCloseable deployer = (AutoCloseable) type.getConstructor(List.class, ThreadFactory.class)
                            .newInstance(CONTRACT_API, (ThreadFactory) Thread::new);
                    AutoCloseable runtime =
                            (AutoCloseable) type.getMethod("deploy", String.class, String.class, Path.class, limits)
                                    .invoke(
                                            deployer,
                                            "alone",
                                            "Org1MSP",
                                            thinJar(),
                                            limits.getField("DEFAULT").get(null))) {
                assertThat(runtime.getClass().getClassLoader()).isSameAs(server);
            }
        }
    }

    private static URL[] classPathWithoutShim() throws IOException {
        List<Path> shim = ShimJars.onClassPath();
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!shim.contains(Path.of(entry))) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    @Test
    void a_thin_jar_is_refused_where_there_is_no_shim() throws Exception {
        Path jar = thinJar();

        assertThatThrownBy(() -> works(jar, List.of()))
                .isInstanceOf(ChaincodeDeployException.class)
                .hasMessageContaining("brings no chaincode shim");
    }

    @Test
    void a_jar_with_an_old_shim_runs_on_the_servers_or_not_at_all() throws Exception {
        Path jar = folder.resolve("old.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            copy(thinJar(), out, new HashSet<>());
            out.putNextEntry(new JarEntry("org/hyperledger/fabric/shim/ChaincodeStub.class"));
            out.write(oldStub());
            out.closeEntry();
        }

        works(jar, CONTRACT_API);
        assertThatThrownBy(() -> works(jar, List.of()))
                .isInstanceOf(ChaincodeDeployException.class)
                .hasMessageContaining("older than 2.5");
    }

    @Test
    void bytes_that_are_no_class_are_refused() throws Exception {
        Path jar = folder.resolve("broken.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("Broken.class"));
            out.write("Lorg/hyperledger/fabric/contract/annotation/Contract;".getBytes(UTF_8));
            out.closeEntry();
        }

        assertThatThrownBy(() -> works(jar, CONTRACT_API))
                .isInstanceOf(ChaincodeDeployException.class)
                .hasMessageContaining("Broken.class cannot be read");
    }

    private static void works(Path code, List<Path> shim) throws Exception {
        try (JavaChaincodeDeployer deployer = new JavaChaincodeDeployer(shim, Thread::new);
                ChaincodeRuntime runtime = deployer.deploy("shim-test", "Org1MSP", code, Limits.DEFAULT)) {
            ChaincodeResult result =
                    runtime.invoke(RunawayTest.invocation("echo", "hello"), new InMemoryLedger().simulate());
            assertThat(result.payload()).asString().isEqualTo("hello");
        }
    }

    private Path thinJar() throws IOException {
        return TestJar.of(folder.resolve("thin.jar"), "SemanticsContract", "Asset");
    }

    private Path fatJar() throws IOException {
        Path jar = folder.resolve("fat.jar");
        Set<String> names = new HashSet<>();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            copy(thinJar(), out, names);
            for (Path library : CONTRACT_API) {
                copy(library, out, names);
            }
        }
        return jar;
    }

    private static void copy(Path from, JarOutputStream to, Set<String> names) throws IOException {
        try (JarFile jar = new JarFile(from.toFile(), false)) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (!entry.getName().startsWith("META-INF/") && names.add(entry.getName())) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    to.write(jar.getInputStream(entry).readAllBytes());
                    to.closeEntry();
                }
            }
        }
    }

    private static byte[] oldStub() {
        ClassWriter stub = new ClassWriter(0);
        stub.visit(
                Opcodes.V1_8,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT,
                "org/hyperledger/fabric/shim/ChaincodeStub",
                null,
                "java/lang/Object",
                null);
        stub.visitEnd();
        return stub.toByteArray();
    }
}
