package org.jangbu.ledger.consortium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsortiumFolderTest {
    @TempDir
    private Path home;

    private LocalNode node;

    @BeforeEach
    void makeNode() {
        node = new LocalNode(
                new NodeName("orderer.example.com"),
                new MspId("OrdererMSP"),
                LocalNode.Role.ORDERER,
                false,
                "orderer.example.com:7050",
                home,
                FabricVectors.peer(1));
    }

    @Test
    void an_orderer_may_be_of_no_consortium() throws Exception {
        assertThat(ConsortiumFolder.read(node)).isEmpty();
    }

    @Test
    void reads_name_policy_and_members() throws Exception {
        member("Org1MSP", 1);
        member("Org2MSP", 2);
        write("name=Trial\nchannelCreationPolicy=OR('Org1MSP.admin')\n");

        Consortium consortium = ConsortiumFolder.read(node).orElseThrow();

        assertThat(consortium.name()).isEqualTo("Trial");
        assertThat(consortium.memberIds()).containsExactlyInAnyOrder(FabricVectors.ORG1, new MspId("Org2MSP"));
        assertThat(consortium.rules().channelCreation()).isEqualTo("OR('Org1MSP.admin')");
        assertThat(consortium.msp(FabricVectors.ORG1)).isPresent();
        assertThat(consortium.msp(new MspId("Org3MSP"))).isEmpty();
    }

    @Test
    void any_administrator_of_a_member_founds_where_nothing_else_is_said() throws Exception {
        member("Org1MSP", 1);
        write("name=Trial\n");
        assertThat(ConsortiumFolder.read(node).orElseThrow().rules().channelCreation())
                .isEqualTo("ANY Admins");
    }

    @Test
    void says_what_is_wrong() throws Exception {
        Files.createDirectories(home.resolve("consortium"));
        refused("consortium.properties");
        write("name=Trial\n");
        refused("no members");
        member("Org1MSP", 1);
        write("nmae=Trial\n");
        refused("nmae");
        write("channelCreationPolicy=ANY Admins\n");
        refused("not a consortium's name");
        write("name=Trial\nchannelCreationPolicy=ANY Writers\n");
        refused("Admins");
        write("name=Trial\nchannelCreationPolicy=ANY\n");
        refused("channelCreationPolicy");
        write("name=Trial\nchannelCreationPolicy=OR('Org1MSP.boss')\n");
        refused("channelCreationPolicy");
        write("name=Trial\n");
        Files.createDirectories(home.resolve("consortium/Org 2"));
        refused("Org 2");
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> ConsortiumFolder.read(node))
                .isInstanceOf(NodeDirectoryException.class)
                .hasMessageContaining(reason);
    }

    private void write(String properties) throws IOException {
        Files.createDirectories(home.resolve("consortium"));
        Files.writeString(home.resolve("consortium/consortium.properties"), properties);
    }

    private void member(String mspId, int organization) throws IOException {
        Path from = FabricVectors.folder("peerOrganizations/org" + organization + ".example.com/msp");
        Path to = home.resolve("consortium").resolve(mspId);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
