package org.jangbu.ordering.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.ordering.testing.TrialNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderersTest {
    @TempDir
    private static Path folder;

    private static LocalNode orderer;
    private static LocalNode peer;

    @BeforeAll
    static void makeNodes() {
        TrialNetwork network = new TrialNetwork(folder);
        orderer = network.orderer("orderer");
        peer = new LocalNode(
                new NodeName("peer0.org1.example.com"),
                new MspId("Org1MSP"),
                LocalNode.Role.PEER,
                true,
                "peer0.org1.example.com:7051",
                folder.resolve("peer"),
                network.peer());
    }

    @Test
    void finds_the_orderers_of_a_server_that_is_meant_to_have_some() {
        assertThat(Orderers.among(List.of(peer, orderer), true)).containsExactly(orderer);
    }

    @Test
    void accepts_a_server_that_has_none_and_is_told_so() {
        assertThat(Orderers.among(List.of(peer), false)).isEmpty();
    }

    @Test
    void refuses_to_take_batches_that_nobody_here_can_order() {
        assertThatThrownBy(() -> Orderers.among(List.of(peer), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("JANGBU_ORDERER=false");
    }

    @Test
    void refuses_orderers_that_would_be_told_nothing() {
        assertThatThrownBy(() -> Orderers.among(List.of(peer, orderer), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("orderer.example.com")
                .hasMessageContaining("JANGBU_ORDERER=true");
    }
}
