package org.jangbu.chaincode.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.testkit.InMemoryLedger;
import org.jangbu.chaincode.testkit.ShimJars;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A contract looks for the classes, files and secrets of the server that it runs in. */
class PryingTest {
    private static final String SECRET = "the key of an authority";
    private static final String PROPERTY = "jangbu.identities.secret";

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 256 << 20, 1 << 20, 4);

    @TempDir
    static Path folder;

    private static JavaChaincodeDeployer deployer;
    private static ChaincodeRuntime runtime;

    @BeforeAll
    static void deploy() throws Exception {
        System.setProperty(PROPERTY, SECRET);
        deployer = new JavaChaincodeDeployer(ShimJars.onClassPath(), Thread::new);
        runtime = deployer.deploy(
                "prying:1", "Org1MSP", TestJar.of(folder.resolve("prying.jar"), "PryingContract"), LIMITS);
    }

    @AfterAll
    static void undeploy() {
        System.clearProperty(PROPERTY);
        runtime.close();
        deployer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classByOwnName",
                "classByLoaderOfTheSpi",
                "classByReference",
                "classByReflection",
                "classByListedMethod",
                "classByHandle",
                "classByModule",
                "classBySystemLoader",
                "classByThreads",
                "classByStack",
                "objectsBehindTheStub",
                "ownLoader",
                "unsafe",
                "withoutGuard"
            })
    void does_not_find_the_servers_classes_and_objects(String function) throws Exception {
        assertFindsNothing(function, JavaChaincodeDeployer.class.getName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fileByPath",
                "fileByStream",
                "fileBySubclass",
                "fileByScanner",
                "fileByReflection",
                "fileByReflectedClass",
                "fileByUrl",
                "fileByProvider"
            })
    void does_not_read_the_servers_files(String function) throws Exception {
        Path key = folder.resolve("ca-key.pem");
        Files.writeString(key, SECRET);
        assertFindsNothing(function, key.toString());
    }

    @Test
    void does_not_learn_what_the_server_was_started_with() throws Exception {
        assertFindsNothing("environment", "PATH");
        assertFindsNothing("property", PROPERTY);
        assertFindsNothing("names", "java:comp/DefaultDataSource");
        assertFindsNothing("beans", "");
        assertThat(invoke("property", "java.version").payload())
                .asString()
                .contains(System.getProperty("java.version"));
        assertThat(invoke("fine").payload()).asString().isEqualTo("fine");
    }

    private static void assertFindsNothing(String function, String argument) throws Exception {
        ChaincodeResult result = invoke(function, argument);
        if (result.status() == 200) {
            assertThat(result.payload()).asString().isEqualTo("nothing");
        } else {
            assertThat(result.message()).isEqualTo("Error during contract method execution");
        }
    }

    private static ChaincodeResult invoke(String function, String... arguments) throws ChaincodeExecutionException {
        return runtime.invoke(
                RunawayTest.invocation(Stream.concat(Stream.of(function), Arrays.stream(arguments))
                        .toArray(String[]::new)),
                new InMemoryLedger().simulate());
    }
}
