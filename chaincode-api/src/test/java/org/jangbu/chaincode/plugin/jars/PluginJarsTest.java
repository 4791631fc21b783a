package org.jangbu.chaincode.plugin.jars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.ValidationPlugin;
import org.jangbu.testplugins.Another;
import org.jangbu.testplugins.NotMade;
import org.jangbu.testplugins.Whims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plug-ins from jars: found by their hash alone, apart from the server, and each failure an exception that says what failed. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class PluginJarsTest {
    private static final String HASH = "ab".repeat(32);

    @TempDir
    Path home;

    private PluginJars plugins;

    @BeforeEach
    void open() {
        plugins = new PluginJars(home.resolve("plugins"), Executors.defaultThreadFactory(), Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    private PluginReference put(PackedPlugin plugin) throws Exception {
        return plugin.into(home.resolve("plugins"), "some.jar");
    }

    @Test
    void a_plugin_decides() throws Exception {
        PluginReference whims = put(new PackedPlugin());
        assertThat(decide(whims, "accept")).isEqualTo(Decision.accept());
        assertThat(decide(whims, "refuse")).isEqualTo(Decision.refuse("no"));
        plugins.require(whims, EndorsementPlugin.class);
        plugins.require(whims, ValidationPlugin.class);
    }

    @Test
    void a_plugin_sees_its_jar_the_platform_and_the_spi_and_nothing_else_of_the_server() throws Exception {
        PluginReference whims = put(new PackedPlugin());
        assertThat(sees(whims, Whims.Own.class.getName())).isTrue();
        assertThat(sees(whims, "java.sql.Connection")).isTrue();
        assertThat(sees(whims, Decision.class.getName())).isTrue();
        assertThat(sees(whims, PluginJars.class.getName())).isFalse();
        assertThat(sees(whims, "org.jangbu.chaincode.spi.ChaincodeHost")).isFalse();
        assertThat(sees(whims, "org.junit.jupiter.api.Test")).isFalse();
        assertThat(decide(whims, "resource").reason()).isEqualTo("words of the jar");
        assertThat(decide(whims, "thread")).isEqualTo(Decision.accept());
    }

    private boolean sees(PluginReference plugin, String name) throws Exception {
        return decide(plugin, "see " + name).accepted();
    }

    @Test
    void the_hash_says_which_jar_is_meant_whatever_its_file_is_called() throws Exception {
        PluginReference first = put(new PackedPlugin());
        PluginReference second =
                new PackedPlugin().with("words.txt", "other words").into(home.resolve("plugins"), "a.jar");
        assertThat(decide(first, "resource").reason()).isEqualTo("words of the jar");
        assertThat(decide(second, "resource").reason()).isEqualTo("other words");
        refused(new PluginReference("whims", "1.0", HASH), "no jar in the folder of plug-ins has that hash");
        refused(new PluginReference("whims", "1.1", first.sha256()), "the jar says that it is whims:1.0");
        refused(new PluginReference("other", "1.0", first.sha256()), "the jar says that it is whims:1.0");
    }

    @Test
    void a_jar_that_comes_later_is_found_and_one_that_goes_stays_at_work() throws Exception {
        byte[] jar = new PackedPlugin().bytes();
        PluginReference whims = new PluginReference("whims", "1.0", PackedPlugin.sha256(jar));
        refused(whims, "is not here");
        Path file = Files.createDirectories(home.resolve("plugins")).resolve("late.jar");
        Files.write(file, List.of("half of it"));
        refused(whims, "is not here");
        Files.write(file, jar);
        assertThat(decide(whims, "accept").accepted()).isTrue();
        Files.delete(file);
        assertThat(decide(whims, "accept").accepted()).isTrue();
    }

    @Test
    void a_jar_that_others_may_change_is_not_loaded() throws Exception {
        PluginReference whims = put(new PackedPlugin());
        Path folder = home.resolve("plugins");
        Path jar = folder.resolve("some.jar");
        assumeThat(Files.getFileAttributeView(jar, PosixFileAttributeView.class))
                .as("a file system with owners")
                .isNotNull();
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-r--"));
        refused(whims, "some.jar may be changed by others than its owner");
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xrwx"));
        refused(whims, "plugins may be changed by others than its owner");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(decide(whims, "accept").accepted()).isTrue();
    }

    @Test
    void what_a_plugin_throws_fails_that_call_alone() throws Exception {
        PluginReference whims = put(new PackedPlugin());
        assertThatThrownBy(() -> decide(whims, "throw"))
                .isInstanceOf(PluginException.class)
                .hasMessage("plug-in " + whims + " threw java.lang.IllegalArgumentException");
        assertThatThrownBy(() -> decide(whims, "overflow"))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("StackOverflowError");
        assertThat(decide(whims, "accept").accepted()).isTrue();
    }

    @Test
    void a_call_that_does_not_end_is_given_up_and_there_are_only_so_many_of_them() throws Exception {
        PluginReference whims = put(new PackedPlugin());
        try (PluginJars hasty =
                new PluginJars(home.resolve("plugins"), Executors.defaultThreadFactory(), Duration.ofMillis(300))) {
            assertThatThrownBy(() -> hasty.endorse(whims, proposal("hang")))
                    .isInstanceOf(PluginException.class)
                    .hasMessageContaining("has not answered within PT0.3S");
            // On a busy machine one may be given up before its thread has begun, and hangs nowhere.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThatThrownBy(() -> hasty.endorse(whims, proposal("hang")))
                            .hasMessageContaining("16 calls that do not end"));
            assertThatThrownBy(() -> hasty.endorse(whims, proposal("accept")))
                    .isInstanceOf(PluginException.class)
                    .hasMessageContaining("16 calls that do not end");
            // The same jar, loaded elsewhere, is not concerned.
            assertThat(decide(whims, "accept").accepted()).isTrue();
        }
    }

    @Test
    void a_call_that_ends_late_makes_room_again() throws Exception {
        PluginReference whims = put(new PackedPlugin());
        try (PluginJars hasty =
                new PluginJars(home.resolve("plugins"), Executors.defaultThreadFactory(), Duration.ofMillis(300))) {
            for (int i = 0; i < 15; i++) {
                assertThatThrownBy(() -> hasty.endorse(whims, proposal("hang"))).isInstanceOf(PluginException.class);
            }
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> hasty.endorse(whims, proposal("release")).accepted());
            for (int i = 0; i < 40; i++) {
                Awaitility.await()
                        .ignoreExceptions()
                        .until(() -> hasty.endorse(whims, proposal("hang")).accepted());
            }
        }
    }

    @Test
    void a_jar_that_is_no_plugin_says_why() throws Exception {
        refused(put(new PackedPlugin().without("META-INF/MANIFEST.MF")), "the jar has no manifest");
        refused(
                put(new PackedPlugin().with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\n")),
                "the jar's manifest has no Jangbu-Plugin-Name");
        refused(
                put(new PackedPlugin()
                        .without("META-INF/services/" + EndorsementPlugin.class.getName())
                        .without("META-INF/services/" + ValidationPlugin.class.getName())),
                "the jar provides no plug-in");
        refused(put(new PackedPlugin().provides(EndorsementPlugin.class, Whims.class, Another.class)), "threw");
        refused(put(new PackedPlugin().provides(EndorsementPlugin.class, NotMade.class)), "threw");
        refused(put(new PackedPlugin().provides(EndorsementPlugin.class, PluginJarsTest.class)), "threw");
        byte[] noJar = "no jar".getBytes(UTF_8);
        Files.write(home.resolve("plugins/none.jar"), noJar);
        refused(new PluginReference("whims", "1.0", PackedPlugin.sha256(noJar)), "the jar has no manifest");
    }

    @Test
    void a_jar_that_endorses_does_not_validate() throws Exception {
        PluginReference endorsesOnly = put(new PackedPlugin()
                .provides(EndorsementPlugin.class, Another.class)
                .without("META-INF/services/" + ValidationPlugin.class.getName()));
        plugins.require(endorsesOnly, EndorsementPlugin.class);
        assertThatThrownBy(() -> plugins.require(endorsesOnly, ValidationPlugin.class))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("provides no ValidationPlugin");
    }

    @Test
    void a_file_that_unpacks_to_too_much_is_refused() throws Exception {
        PackedPlugin bomb = new PackedPlugin();
        byte[] zeros = new byte[30 << 20];
        for (int i = 0; i < 5; i++) {
            bomb.with("zeros" + i, zeros);
        }
        refused(put(bomb), "the jar unpacks to more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vscc",
                "a:1",
                "a:1:ab",
                "a:1:" + "AB0000000000000000000000000000000000000000000000000000000000000000",
                ":1:0000000000000000000000000000000000000000000000000000000000000000",
                "a::0000000000000000000000000000000000000000000000000000000000000000",
                "a b:1:0000000000000000000000000000000000000000000000000000000000000000",
                "../a:1:0000000000000000000000000000000000000000000000000000000000000000",
                "a:1:0000000000000000000000000000000000000000000000000000000000000000\n"
            })
    void what_is_no_reference_is_none(String text) {
        assertThat(PluginReference.parse(text)).isEmpty();
    }

    @Test
    void a_reference_reads_as_it_is_written() {
        PluginReference reference = new PluginReference("limit", "1.0-rc+1", HASH);
        assertThat(PluginReference.parse(reference.toString())).contains(reference);
    }

    @Test
    void nothing_is_loaded_any_more_once_it_is_closed() throws Exception {
        PluginReference whims = put(new PackedPlugin());
        plugins.close();
        refused(whims, "the server stops");
    }

    private void refused(PluginReference reference, String reason) {
        assertThatThrownBy(() -> plugins.endorse(reference, proposal("accept")))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining(reason);
    }

    private Decision decide(PluginReference plugin, String order) throws PluginException {
        return plugins.endorse(plugin, proposal(order));
    }

    private static SimulatedProposal proposal(String order) {
        return new SimulatedProposal(
                "channel1",
                "tx",
                Instant.EPOCH,
                new byte[0],
                "cc",
                "1.0",
                List.of(order.getBytes(UTF_8)),
                Map.of(),
                200,
                "",
                new byte[0],
                List.of(),
                new byte[0]);
    }
}
