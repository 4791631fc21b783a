package org.jangbu.msp.policy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.FabricMsp;
import org.jangbu.msp.testing.TestAuthority;

/** One organisation with the peers p1 to p7, each with a certificate that names its node. */
final class SevenPeers {
    static final MspId ID = new MspId("Org1MSP");

    private final TestAuthority root;
    private final ChannelMembership membership;
    private final Map<String, Identity> members = new HashMap<>();

    SevenPeers() throws Exception {
        root = TestAuthority.root("ca.org1");
        membership = ChannelMembership.of(FabricMsp.of(config(root).build()));
        for (int i = 1; i <= 7; i++) {
            members.put("p" + i, member("p" + i, "peer", "node:p" + i));
        }
    }

    /** An MSP whose roles are told by units of the usual names. */
    static FabricMSPConfig.Builder config(TestAuthority root) {
        return FabricMSPConfig.newBuilder()
                .setName(ID.value())
                .addRootCerts(root.pem())
                .setFabricNodeOus(FabricNodeOUs.newBuilder()
                        .setEnable(true)
                        .setClientOuIdentifier(unit("client"))
                        .setPeerOuIdentifier(unit("peer"))
                        .setAdminOuIdentifier(unit("admin"))
                        .setOrdererOuIdentifier(unit("orderer")));
    }

    private static FabricOUIdentifier unit(String name) {
        return FabricOUIdentifier.newBuilder()
                .setOrganizationalUnitIdentifier(name)
                .build();
    }

    ChannelMembership membership() {
        return membership;
    }

    /** A new member; a second certificate of a node is what a renewal brings. */
    Identity member(String commonName, String... units) throws Exception {
        ByteString serialized = X509Identity.serialize(ID, root.member(commonName, units));
        return membership.deserialize(serialized);
    }

    List<Identity> all() {
        return signers("p1 p2 p3 p4 p5 p6 p7");
    }

    /** The peers of these names, separated by blanks. */
    List<Identity> signers(String names) {
        List<Identity> signers = new ArrayList<>();
        for (String name : names.isBlank() ? new String[0] : names.split(" ")) {
            signers.add(Objects.requireNonNull(members.get(name), name));
        }
        return signers;
    }

    /** The names of peers in the order of a set. */
    String names(List<Identity> signers) {
        List<String> names = new ArrayList<>();
        for (Identity signer : signers) {
            members.forEach((name, member) -> {
                if (member.equals(signer)) {
                    names.add(name);
                }
            });
        }
        names.sort(String::compareTo);
        return String.join(" ", names);
    }

    /** A policy over these nodes: {@code p1} in the text stands for the principal of that node. */
    Policy policy(String text) throws Exception {
        return SignaturePolicy.of(PolicyLanguage.parse(full(text), membership), membership);
    }

    static String full(String text) {
        return text.replaceAll("p([1-7])", "'Org1MSP.node:p$1'");
    }
}
