package org.jangbu.peer.lifecycle.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.packaging.PackageWriter;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.query.QueryIndexes;
import org.jangbu.model.ChannelId;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.IndexDefinition;
import org.jangbu.model.query.QueryException;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.lifecycle.PackageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageIndexesTest {
    private static final String OWNER = "{\"index\":{\"fields\":[\"owner\"]},\"name\":\"byOwner\",\"type\":\"json\"}";
    private static final String SIZE = "{\"index\":{\"fields\":[{\"size\":\"desc\"}]}}";

    @TempDir
    private Path folder;

    private final TestPeer peer = new TestPeer(1);

    @Test
    void the_indexes_of_state_and_collections_are_found_and_nothing_else() throws Exception {
        PackageIndexes found = PackageIndexes.read(new TreeMap<>(Map.of(
                "couchdb/indexes/owner.json", bytes(OWNER),
                "couchdb/collections/secret/indexes/size.json", bytes(SIZE),
                "couchdb/README", bytes("?"),
                "leveldb/indexes/other.json", bytes("?"))));
        assertThat(found.byCollection().keySet()).containsExactly("", "secret");
        assertThat(found.byCollection().get("")).containsExactly(index("owner"));
        assertThat(found.byCollection().get("secret")).containsExactly(index("size"));
    }

    @Test
    void a_malformed_index_is_named() {
        assertThatThrownBy(() ->
                        PackageIndexes.read(new TreeMap<>(Map.of("couchdb/indexes/bad.json", bytes("{\"index\":{}}")))))
                .isInstanceOf(QueryException.class)
                .hasMessage("META-INF/statedb/couchdb/indexes/bad.json: an index must have one to 8 fields");
        assertThatThrownBy(() -> PackageIndexes.read(new TreeMap<>(Map.of("couchdb/indexes/bad.txt", bytes(OWNER)))))
                .hasMessageContaining("does not end with .json");
    }

    @Test
    void a_package_with_a_malformed_index_is_not_installed_and_the_reason_is_told() throws Exception {
        InstalledPackages installed = installed();
        NodePackages packages = new NodePackages(peer.resources().node(), installed, ChaincodePackage.MAX_BYTES);
        ChaincodePackage bad = service(Map.of("couchdb/indexes/bad.json", "{\"index\":{\"fields\":[\"a..b\"]}}"));
        assertThatThrownBy(() -> packages.install(new ByteArrayInputStream(bad.bytes())))
                .isInstanceOfSatisfying(
                        PackageException.class, e -> assertThat(e.kind()).isEqualTo(PackageException.Kind.UNUSABLE))
                .hasMessage("META-INF/statedb/couchdb/indexes/bad.json: a field's name is empty: 'a..b'");
        ChaincodePackage large = service(Map.of("couchdb/indexes/large.json", " ".repeat(70_000)));
        assertThatThrownBy(() -> packages.install(new ByteArrayInputStream(large.bytes())))
                .hasMessageContaining("more than 65536 bytes");
        assertThat(installed.list()).isEmpty();
    }

    @Test
    void a_peer_makes_the_indexes_of_what_its_organisation_approved_once_it_is_installed() throws Exception {
        InstalledPackages installed = installed();
        ChaincodePackage chaincode = service(Map.of(
                "couchdb/indexes/owner.json", OWNER,
                "couchdb/indexes/size.json", SIZE,
                "couchdb/collections/secret/indexes/size.json", SIZE));
        List<String> made = new ArrayList<>();
        PeerLedger ledger = ledger(made);
        ContractIndexes indexes = new ContractIndexes(peer.resources().node(), approving(chaincode.id()), installed);

        indexes.make(new ChannelId(TestPeer.CHANNEL), ledger);
        assertThat(made).as("before it is installed").isEmpty();

        NodePackages packages = new NodePackages(
                peer.resources().node(), installed, ChaincodePackage.MAX_BYTES, () -> made.add("grown"));
        packages.install(new ByteArrayInputStream(chaincode.bytes()));
        indexes.make(new ChannelId(TestPeer.CHANNEL), ledger);
        assertThat(made)
                .containsExactly(
                        "grown",
                        "state: basic [[\"owner\"]] [[\"size\"]]",
                        "private values: basic$$hsecret [[\"size\"]]");
    }

    @Test
    void a_packed_jar_brings_its_indexes_along() throws Exception {
        Path jar = folder.resolve("contract.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/statedb/couchdb/indexes/owner.json"));
            zip.write(bytes(OWNER));
            zip.closeEntry();
        }
        InstalledPackages installed = installed();
        PackageId id = installed.install(ChaincodePackage.ofJar("sample_1.0", jar));
        assertThat(PackageIndexes.read(installed.stateFiles(id, 1_000))
                        .byCollection()
                        .get(""))
                .containsExactly(index("owner"));
    }

    private InstalledPackages installed() throws Exception {
        return new InstalledPackages(folder.resolve("packages"), folder.resolve("work"));
    }

    private static Approvals approving(PackageId id) {
        return (channel, chaincode, sequence) -> Optional.of(ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setName(chaincode)
                .setSequence(sequence)
                .setSource(ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(id.toString())))
                .build());
    }

    /** The peer's ledger, which notes what indexes are asked of it. */
    private PeerLedger ledger(List<String> made) {
        return (PeerLedger) Proxy.newProxyInstance(
                PeerLedger.class.getClassLoader(),
                new Class<?>[] {PeerLedger.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "indexes" -> noting(made, "state: ");
                    case "privateIndexes" -> noting(made, "private values: ");
                    default -> method.invoke(peer.ledger(), args);
                });
    }

    private static QueryIndexes noting(List<String> made, String of) {
        return new QueryIndexes() {
            @Override
            public void make(String namespace, Collection<IndexDefinition> wanted) {
                made.add(of + namespace + " "
                        + String.join(
                                " ", wanted.stream().map(IndexDefinition::text).toList()));
            }

            @Override
            public Set<FieldPath> indexed(String namespace) {
                return Set.of();
            }
        };
    }

    private static ChaincodePackage service(Map<String, String> stateFiles) throws Exception {
        TreeMap<String, byte[]> code = new TreeMap<>();
        code.put("connection.json", bytes("{\"address\":\"contract.example.com:9999\"}"));
        stateFiles.forEach((name, content) -> code.put("META-INF/statedb/" + name, bytes(content)));
        return PackageWriter.write("ccaas", "asset_1.0", code);
    }

    private static IndexDefinition index(String field) {
        return new IndexDefinition(List.of(new FieldPath(List.of(field))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
