package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaincodePackageTest {
    private static final String METADATA = "{\"type\":\"java\",\"path\":\"\",\"label\":\"sample_1.0\"}";

    @TempDir
    Path folder;

    @Test
    void gives_a_package_of_fabrics_tools_the_id_that_fabric_gave_it() throws IOException, ChaincodePackageException {
        ChaincodePackage basic = ChaincodePackage.read(resource("basic.tgz"));

        assertThat(basic.id()).hasToString(new String(resource("basic.pkgid"), UTF_8).strip());
        assertThat(basic.metadata()).isEqualTo(new PackageMetadata("ccaas", "", "basic_1.0"));
        basic.unpackCode(folder);
        assertThat(folder.resolve("connection.json")).isRegularFile();
    }

    @Test
    void packs_the_same_jar_into_the_same_bytes() throws IOException, ChaincodePackageException {
        Path jar = Files.write(folder.resolve("contract.jar"), new byte[] {1, 2, 3});

        ChaincodePackage first = ChaincodePackage.ofJar("sample_1.0", jar);
        ChaincodePackage second = ChaincodePackage.ofJar("sample_1.0", jar);

        assertThat(first.bytes()).isEqualTo(second.bytes());
        assertThat(first.metadata()).isEqualTo(new PackageMetadata("java", "", "sample_1.0"));
        Path code = Files.createDirectory(folder.resolve("code"));
        first.unpackCode(code);
        assertThat(code.resolve("src/contract.jar")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void refuses_a_package_without_code_or_with_more_than_code() throws IOException {
        byte[] code = TarGzip.write(Map.of("a", new byte[0]));
        refused(
                TarGzip.write(Map.of("metadata.json", METADATA.getBytes(UTF_8))),
                "holds metadata.json and code.tar.gz");
        refused(TarGzip.write(Map.of("code.tar.gz", code)), "holds metadata.json and code.tar.gz");
        Map<String, byte[]> three = new LinkedHashMap<>();
        three.put("metadata.json", METADATA.getBytes(UTF_8));
        three.put("readme", new byte[0]);
        three.put("code.tar.gz", code);
        refused(TarGzip.write(three), "nothing but");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"java\",\"label\":\"-a\"}",
                "{\"type\":\"java\",\"label\":\"a/b\"}",
                "{\"type\":\"java\",\"label\":\"\"}",
                "[]",
                "",
                "{\"type\":1,\"label\":\"a\"}",
                "{\"label\":\"a\",\"label\":\"b\"}",
                "{\"label\":\"a\"} x",
                "{\"label\":\"\\u00zz\"}"
            })
    void refuses_metadata_that_is_no_label(String json) throws IOException {
        refused(packed(json, TarGzip.write(Map.of("a", new byte[0]))), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../../b", "/etc/passwd", "..", "a\\..\\b", "C:/a", ""})
    void refuses_names_that_lead_out_of_the_package(String name) throws IOException {
        refused(packed(METADATA, entry(name, TarConstants.LF_NORMAL)), "");
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO})
    void refuses_links_and_devices(byte kind) throws IOException {
        refused(packed(METADATA, entry("link", kind)), "no plain file");
    }

    @Test
    void refuses_code_that_unpacks_to_too_much() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bomb))) {
            TarArchiveEntry entry = new TarArchiveEntry("zeros");
            long size = 600L << 20;
            entry.setSize(size);
            tar.putArchiveEntry(entry);
            byte[] zeros = new byte[1 << 20];
            for (long written = 0; written < size; written += zeros.length) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        }
        refused(packed(METADATA, bomb.toByteArray()), "unpacks to more than");
    }

    @Test
    void answers_any_bytes_with_a_package_or_a_refusal() throws IOException {
        byte[] original = resource("basic.tgz");
        Random random = new Random(20261122);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = original.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                accepted += ChaincodePackage.read(changed).bytes().length > 0 ? 1 : 0;
            } catch (ChaincodePackageException refusal) {
                assertThat(refusal).hasMessageMatching("(?s).+");
            }
        }
        assertThat(accepted).as("gzip's checksums catch nearly all changes").isLessThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a:",
                "a:00",
                ":00",
                "a b:0000000000000000000000000000000000000000000000000000000000000000"
            })
    void refuses_what_is_no_package_id(String text) {
        assertThatThrownBy(() -> PackageId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] packed(String metadata, byte[] code) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("metadata.json", metadata.getBytes(UTF_8));
        parts.put("code.tar.gz", code);
        return TarGzip.write(parts);
    }

    private static byte[] entry(String name, byte kind) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
            entry.setLinkName("/etc/passwd");
            entry.setSize(0);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static void refused(byte[] bytes, String message) {
        assertThatThrownBy(() -> ChaincodePackage.read(bytes))
                .isInstanceOf(ChaincodePackageException.class)
                .hasMessageContaining(message);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ChaincodePackageTest.class.getResourceAsStream("/fabric/" + name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }
}
