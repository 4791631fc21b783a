package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no package is refused with its reason, and nothing of it is kept; an installation that breaks off leaves nothing either. */
class PackageInstallationTest {
    private static final int MOST = 1 << 20;
    private static final String CCAAS = "{\"path\":\"\",\"type\":\"ccaas\",\"label\":\"basic_1.0\"}";
    private static final String CONNECTION =
            "{\"address\":\"127.0.0.1:9999\",\"dial_timeout\":\"10s\",\"tls_required\":false}";

    @TempDir
    Path folder;

    private Set<String> before = Set.of();

    @BeforeEach
    void one_package_is_there() throws IOException, ChaincodePackageException {
        packages().install(ChaincodePackage.read(good()));
        before = files();
    }

    @AfterEach
    void nothing_else_is_kept() throws IOException {
        assertThat(files()).isEqualTo(before);
    }

    static Stream<Arguments> bad() throws IOException {
        byte[] good = good();
        byte[] code = code(Map.of("connection.json", CONNECTION));
        return Stream.of(
                Arguments.of("nothing", new byte[0], "not in the .gz format|end of"),
                Arguments.of("text", "no package".getBytes(UTF_8), "not in the .gz format"),
                Arguments.of(
                        "half a package", Arrays.copyOf(good, good.length / 2), "no chaincode package|cannot be read"),
                Arguments.of(
                        "a package without its last byte",
                        Arrays.copyOf(good, good.length - 1),
                        "no chaincode package"),
                Arguments.of("a byte after the package", Arrays.copyOf(good, good.length + 1), "Unexpected data after"),
                Arguments.of("a second package after the first", twice(good), "after the archive's end"),
                Arguments.of(
                        "bytes after the tar's end",
                        gzip(concat(tar(CCAAS, code), new byte[] {7})),
                        "after the archive's end"),
                Arguments.of(
                        "bytes after the code's end",
                        packed(CCAAS, Arrays.copyOf(code, code.length + 2)),
                        "Unexpected data after"),
                Arguments.of(
                        "code that is no gzip",
                        packed(CCAAS, CONNECTION.getBytes(UTF_8)),
                        "code.tar.gz cannot be read"),
                Arguments.of(
                        "half the code",
                        packed(CCAAS, Arrays.copyOf(code, code.length / 2)),
                        "code.tar.gz cannot be read"),
                Arguments.of(
                        "metadata twice",
                        parts("metadata.json", CCAAS, "metadata.json", CCAAS, "code.tar.gz", code),
                        "there twice"),
                Arguments.of(
                        "a path that climbs out",
                        packed(CCAAS, entries("a/../../b", TarConstants.LF_NORMAL)),
                        "not accepted"),
                Arguments.of(
                        "an absolute path",
                        packed(CCAAS, entries("/etc/cron.d/x", TarConstants.LF_NORMAL)),
                        "not accepted"),
                Arguments.of(
                        "a folder that climbs out",
                        packed(CCAAS, entries("../x/", TarConstants.LF_DIR)),
                        "not accepted"),
                Arguments.of(
                        "a symbolic link", packed(CCAAS, entries("link", TarConstants.LF_SYMLINK)), "no plain file"),
                Arguments.of(
                        "a link named as a folder",
                        packed(CCAAS, entries("link/", TarConstants.LF_SYMLINK)),
                        "no plain file"),
                Arguments.of("a hard link", packed(CCAAS, entries("link", TarConstants.LF_LINK)), "no plain file"),
                Arguments.of("a device", packed(CCAAS, entries("null", TarConstants.LF_CHR)), "no plain file"),
                Arguments.of("a pipe", packed(CCAAS, entries("pipe", TarConstants.LF_FIFO)), "no plain file"),
                Arguments.of("a file twice", packed(CCAAS, entries("a", "a")), "there twice"),
                Arguments.of("a file twice, written otherwise", packed(CCAAS, entries("a/b", "./a//b")), "there twice"),
                Arguments.of("a file that is a folder", packed(CCAAS, entries("a", "a/b")), "there twice"),
                Arguments.of("a folder that is a file", packed(CCAAS, entries("a/b/c", "a/b")), "there twice"),
                Arguments.of("too many files", packed(CCAAS, many("f%d")), "more than 10000 files"),
                Arguments.of("too many folders", packed(CCAAS, many("f%d/")), "more than 10000 files"),
                Arguments.of("a file that packs too well", packed(CCAAS, zeros(40 << 20)), "100 times its size"),
                Arguments.of("a name that never ends", packed(CCAAS, endlessName()), "too many bytes"),
                Arguments.of("no label", packed("{\"type\":\"ccaas\"}", code), "lacks its member label"),
                Arguments.of("no type", packed("{\"label\":\"a\"}", code), "lacks its member type"),
                Arguments.of(
                        "a wrong label", packed("{\"type\":\"ccaas\",\"label\":\"../a\"}", code), "no valid label"),
                Arguments.of(
                        "a label twice",
                        packed("{\"type\":\"ccaas\",\"label\":\"a\",\"label\":\"b\"}", code),
                        "twice: \"label\""),
                Arguments.of(
                        "an unknown member",
                        packed("{\"type\":\"ccaas\",\"label\":\"a\",\"run\":\"b\"}", code),
                        "not known: \"run\""),
                Arguments.of("metadata that is a list", packed("[]", code), "no JSON object"),
                Arguments.of(
                        "metadata without end", packed("{\"type\":\"ccaas\",\"label\":\"a\"", code), "no JSON object"),
                Arguments.of(
                        "too much metadata",
                        packed("{\"type\":\"" + "a".repeat(70_000) + "\"}", code),
                        "at most 65536 bytes"),
                Arguments.of("no code", parts("metadata.json", CCAAS), "holds metadata.json and code.tar.gz"),
                Arguments.of(
                        "more than code",
                        parts("metadata.json", CCAAS, "code.tar.gz", code, "x", "x"),
                        "more than 2|nothing but"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void refuses_what_is_no_package(String what, byte[] bytes, String reason) {
        assertThatThrownBy(() -> install(packages(), new ByteArrayInputStream(bytes)))
                .as(what)
                .isInstanceOf(ChaincodePackageException.class)
                .hasMessageMatching("(?s).*(" + reason + ").*");
    }

    @Test
    void takes_a_package_as_others_tools_pad_it() throws Exception {
        byte[] padded = gzip(Arrays.copyOf(tar(CCAAS, code(Map.of("./connection.json", CONNECTION))), 1 << 20));
        try (IncomingPackage incoming = packages().take(new ByteArrayInputStream(padded), MOST)) {
            assertThat(incoming.id()).isEqualTo(PackageId.of("basic_1.0", padded));
            assertThat(incoming.metadata().type()).isEqualTo("ccaas");
        }
    }

    @Test
    void refuses_more_bytes_than_allowed_while_they_come() {
        assertThatThrownBy(() -> packages().take(new ByteArrayInputStream(new byte[MOST + 1]), MOST))
                .isInstanceOfSatisfying(
                        PackageSourceException.class,
                        e -> assertThat(e.isTooLarge()).isTrue());
    }

    @Test
    void leaves_nothing_where_the_source_breaks_off() throws IOException {
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(good())) {
            private int left = 100;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left <= 0) {
                    throw new IOException("connection reset");
                }
                int count = super.read(buffer, offset, Math.min(left, length));
                left -= count;
                return count;
            }
        };
        assertThatThrownBy(() -> packages().take(broken, MOST))
                .isInstanceOfSatisfying(
                        PackageSourceException.class,
                        e -> assertThat(e.isTooLarge()).isFalse());
    }

    @Test
    void leaves_nothing_where_the_disk_is_full() throws Exception {
        byte[] other = packed(CCAAS.replace("basic", "other"), code(Map.of("connection.json", CONNECTION)));
        InstalledPackages full = new InstalledPackages(
                folder.resolve("installed"),
                folder.resolve("work"),
                file -> new FullDisk(Files.newByteChannel(file, StandardOpenOption.WRITE)));
        assertThatThrownBy(() -> install(full, new ByteArrayInputStream(other)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(PackageSourceException.class)
                .hasMessageContaining("No space left");
        assertThat(files()).isEqualTo(before);
        assertThat(install(packages(), new ByteArrayInputStream(other))).isTrue();
        before = files();
    }

    @Test
    void what_a_killed_installation_left_behind_goes_at_the_next_start() throws Exception {
        byte[] other = packed(CCAAS.replace("basic", "other"), code(Map.of("connection.json", CONNECTION)));
        // Taken, whole and checked, but neither kept nor closed: so a kill between the two leaves it.
        IncomingPackage left = packages().take(new ByteArrayInputStream(other), MOST);
        assertThat(files()).hasSize(before.size() + 1).anyMatch(name -> name.endsWith(".part"));

        InstalledPackages again = packages();
        assertThat(files()).isEqualTo(before);
        assertThat(again.has(left.id())).isFalse();
        assertThat(install(again, new ByteArrayInputStream(other))).isTrue();
        assertThat(again.list()).contains(left.id());
        before = files();
    }

    @Test
    void a_package_that_is_there_stays_as_it_is() throws Exception {
        assertThat(install(packages(), new ByteArrayInputStream(good()))).isFalse();
    }

    @Test
    void gives_back_the_very_bytes_and_notices_when_they_were_changed() throws Exception {
        PackageId id = PackageId.of("basic_1.0", good());
        try (InputStream bytes = packages().open(id).orElseThrow()) {
            assertThat(bytes.readAllBytes()).isEqualTo(good());
        }
        Path file = folder.resolve("installed").resolve(id.baseName() + ".tgz");
        Files.write(file, new byte[] {1});
        assertThatThrownBy(() -> packages().open(id)).hasMessageContaining("was changed");
        assertThat(packages().open(new PackageId("basic_1.0", "0".repeat(64)))).isEmpty();
    }

    private InstalledPackages packages() throws IOException {
        return new InstalledPackages(folder.resolve("installed"), folder.resolve("work"));
    }

    private static boolean install(InstalledPackages packages, InputStream source)
            throws IOException, ChaincodePackageException {
        try (IncomingPackage incoming = packages.take(source, MOST)) {
            return incoming.keep();
        }
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("installed"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static byte[] good() throws IOException {
        return packed(CCAAS, code(Map.of("connection.json", CONNECTION)));
    }

    private static byte[] code(Map<String, String> files) throws IOException {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        files.forEach((name, content) -> bytes.put(name, content.getBytes(UTF_8)));
        return TarGzip.write(bytes);
    }

    private static byte[] packed(String metadata, byte[] code) throws IOException {
        return gzip(tar(metadata, code));
    }

    private static byte[] tar(String metadata, byte[] code) throws IOException {
        return tarOf("metadata.json", metadata, "code.tar.gz", code);
    }

    private static byte[] parts(Object... namesAndContents) throws IOException {
        return gzip(tarOf(namesAndContents));
    }

    private static byte[] tarOf(Object... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = namesAndContents[i + 1] instanceof byte[] raw
                        ? raw
                        : namesAndContents[i + 1].toString().getBytes(UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndContents[i].toString());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] entries(String name, byte kind) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
            entry.setLinkName("/etc/passwd");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] entries(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (String name : names) {
                tar.putArchiveEntry(new TarArchiveEntry(name));
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** As GNU's tar writes a long name: an entry whose content is the name of the next. */
    private static byte[] endlessName() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry(TarConstants.GNU_LONGLINK, TarConstants.LF_GNUTYPE_LONGNAME);
            entry.setSize(1 << 20);
            tar.putArchiveEntry(entry);
            tar.write("n".repeat(1 << 20).getBytes(UTF_8));
            tar.closeArchiveEntry();
            tar.putArchiveEntry(new TarArchiveEntry("a"));
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] many(String pattern) throws IOException {
        String[] names = new String[10_001];
        for (int i = 0; i < names.length; i++) {
            names[i] = pattern.formatted(i);
        }
        return entries(names);
    }

    private static byte[] zeros(int size) throws IOException {
        return TarGzip.write(Map.of("zeros", new byte[size]));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] twice(byte[] bytes) {
        return concat(bytes, bytes);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Takes a hundred bytes and no more. */
    private static final class FullDisk implements IncomingPackage.Target {
        private final SeekableByteChannel file;
        private int left = 100;

        private FullDisk(SeekableByteChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (left == 0) {
                throw new IOException("No space left on device");
            }
            int count = Math.min(left, bytes.remaining());
            ByteBuffer some = bytes.slice(bytes.position(), count);
            file.write(some);
            bytes.position(bytes.position() + count);
            left -= count;
            return count;
        }

        @Override
        public void force() {
            throw new IllegalStateException("it never gets so far");
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
