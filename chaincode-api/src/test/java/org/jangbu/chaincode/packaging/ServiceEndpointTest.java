package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceEndpointTest {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\\nAA==\\n-----END CERTIFICATE-----";
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\\nAA==\\n-----END PRIVATE KEY-----";

    @TempDir
    Path folder;

    @Test
    void reads_the_package_of_fabrics_tools() throws Exception {
        try (var file = ServiceEndpointTest.class.getResourceAsStream("/fabric/basic.tgz")) {
            ChaincodePackage basic =
                    ChaincodePackage.read(Objects.requireNonNull(file).readAllBytes());

            ServiceEndpoint endpoint = ServiceEndpoint.of(basic);

            assertThat(endpoint)
                    .isEqualTo(new ServiceEndpoint(
                            new ServiceAddress("localhost", 29_999), Duration.ofSeconds(10), Optional.empty()));
        }
    }

    @Test
    void packs_an_address_into_the_same_bytes_each_time() throws Exception {
        String json = "{\"address\":\"contract.example.com:9999\",\"dial_timeout\":\"10s\",\"tls_required\":false}";

        ChaincodePackage made = ChaincodePackage.ofService("asset_1.0", json);

        assertThat(made.id())
                .isEqualTo(ChaincodePackage.ofService("asset_1.0", json).id());
        assertThat(made.metadata().type()).isEqualTo("ccaas");
        assertThat(ServiceEndpoint.of(made).address()).hasToString("contract.example.com:9999");
    }

    @Test
    void indexes_may_lie_beside_it_and_other_tools_may_write_a_dot_before_names() throws Exception {
        Map<String, byte[]> code = new LinkedHashMap<>();
        code.put("./connection.json", "{\"address\":\"h:1\"}".getBytes(UTF_8));
        code.put("./META-INF/statedb/couchdb/indexes/owner.json", "{}".getBytes(UTF_8));

        ServiceEndpoint endpoint = ServiceEndpoint.of(packed(code));

        assertThat(endpoint.address()).isEqualTo(new ServiceAddress("h", 1));
        assertThat(endpoint.dialTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void refuses_code_without_it_or_with_two_of_them() throws Exception {
        assertThatThrownBy(() -> ServiceEndpoint.of(packed(Map.of("other.json", new byte[0]))))
                .hasMessageContaining("holds connection.json");
        Map<String, byte[]> code = new LinkedHashMap<>();
        code.put("connection.json", "{\"address\":\"h:1\"}".getBytes(UTF_8));
        code.put("./connection.json", "{\"address\":\"h:2\"}".getBytes(UTF_8));
        assertThatThrownBy(() -> ServiceEndpoint.of(packed(code))).hasMessageContaining("twice");
    }

    @Test
    void takes_tls_with_all_that_it_needs_and_shows_no_key() throws Exception {
        ServiceEndpoint endpoint = parse("{\"address\":\"[::1]:7052\",\"dial_timeout\":\"1m30s\",\"tls_required\":true,"
                + "\"client_auth_required\":true,\"root_cert\":\"" + CERTIFICATE + "\",\"client_cert\":\"" + CERTIFICATE
                + "\",\"client_key\":\"" + KEY + "\"}");

        assertThat(endpoint.dialTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(endpoint.tls().orElseThrow().client()).isPresent();
        assertThat(endpoint.toString()).doesNotContain("PRIVATE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | an address is host:port",
                "{\"address\":\"\"} | an address is host:port",
                "{\"address\":\"host\"} | an address is host:port",
                "{\"address\":\"host:0\"} | from 1 to 65535",
                "{\"address\":\"host:65536\"} | from 1 to 65535",
                "{\"address\":\"{{.peername}}:9999\"} | the host of an address",
                "{\"address\":\"user@host:9999\"} | the host of an address",
                "{\"address\":\"http://host:9999\"} | the host of an address",
                "{\"address\":5} | address must be a string",
                "{\"address\":\"h:1\",\"adress\":\"h:2\"} | unknown member: adress",
                "{\"address\":\"h:1\",\"address\":\"h:2\"} | connection.json has a member twice",
                "{\"address\":\"h:1\",\"tls_required\":\"true\"} | tls_required must be true or false",
                "{\"address\":\"h:1\",\"tls_required\":true} | root_cert must hold a PEM block",
                "{\"address\":\"h:1\",\"client_auth_required\":true} | needs tls_required",
                "{\"address\":\"h:1\",\"dial_timeout\":\"soon\"} | no duration",
                "{\"address\":\"h:1\",\"dial_timeout\":\"10\"} | no duration",
                "{\"address\":\"h:1\",\"dial_timeout\":\"0s\"} | more than nothing",
                "{\"address\":\"h:1\",\"dial_timeout\":0} | more than nothing",
                "{\"address\":\"h:1\",\"dial_timeout\":\"6m\"} | at most 5m",
                "{\"address\":\"h:1\",\"dial_timeout\":true} | must be a duration",
                "{\"address\":{\"host\":\"h\"}} | no JSON object",
                "{\"address\":\"h:1\"} trailing | no JSON object",
                "[1] | no JSON object",
            })
    void refuses_what_is_wrong_or_unknown(String json, String reason) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(ChaincodePackageException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void mutual_tls_needs_certificate_and_key_in_pkcs8() {
        String start = "{\"address\":\"h:1\",\"tls_required\":true,\"client_auth_required\":true,\"root_cert\":\""
                + CERTIFICATE + "\"";

        assertThatThrownBy(() -> parse(start + "}")).hasMessageContaining("client_cert must hold a PEM block");
        assertThatThrownBy(() -> parse(start + ",\"client_cert\":\"" + CERTIFICATE + "\",\"client_key\":\""
                        + KEY.replace("PRIVATE", "EC PRIVATE") + "\"}"))
                .hasMessageContaining("client_key must hold a PEM block 'PRIVATE KEY'");
    }

    @Test
    void the_operator_lists_addresses_and_a_slip_of_the_pen_makes_the_list_invalid() throws Exception {
        Path list = folder.resolve("services");
        AllowedServices allowed = new AllowedServices(list);
        ServiceAddress address = ServiceAddress.parse("Contract.Example.com:9999");
        assertThat(allowed.allows(address)).isFalse();

        Files.writeString(list, "# ours\ncontract.example.com:9999 # asset\n\n127.0.0.1:1\n");
        assertThat(allowed.allows(address)).isTrue();
        assertThat(allowed.allows(new ServiceAddress("contract.example.com", 9998)))
                .isFalse();

        Files.writeString(list, "contract.example.com:9999\n*:*\n");
        assertThatThrownBy(() -> allowed.allows(address))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }

    private static ServiceEndpoint parse(String json) throws ChaincodePackageException {
        return ServiceEndpoint.parse(json.getBytes(UTF_8));
    }

    private static ChaincodePackage packed(Map<String, byte[]> code) throws Exception {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("metadata.json", new PackageMetadata("ccaas", "", "asset_1.0").json());
        parts.put("code.tar.gz", TarGzip.write(code));
        return ChaincodePackage.read(TarGzip.write(parts));
    }
}
