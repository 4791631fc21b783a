package org.jangbu.msp.policy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.common.CombinedPrincipal;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPPrincipal.Classification;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.common.OrganizationUnit;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.membership.Membership;

/**
 * One node: a peer of an MSP whose certificate has the organisational unit {@code node:<name>}. As a message it is COMBINED of the role and
 * the unit, which Fabric evaluates too. Since it names the node and its CA and no certificate, it outlives the certificate's renewal.
 *
 * @param certifiers the identifier of the chain that certifies the node's unit: SHA-256, 32 bytes
 */
public record NodePrincipal(MspId mspId, NodeName node, ByteString certifiers) {
    /** What the unit of a node begins with; a CA gives such units to nodes only, each its own. */
    public static final String UNIT_PREFIX = "node:";

    private static final int IDENTIFIER_LENGTH = 32;
    private static final Pattern TEXT =
            Pattern.compile("([a-zA-Z0-9.-]{1,249})\\.node:([a-z0-9.-]{1,253})(?:@([0-9a-f]{64}))?");

    public NodePrincipal {
        if (certifiers.size() != IDENTIFIER_LENGTH) {
            throw new IllegalArgumentException("certifiers are told by " + IDENTIFIER_LENGTH + " bytes");
        }
    }

    /**
     * Reads {@code Org1MSP.node:peer0.org1.example.com}, or the same with {@code @} and the certifiers' identifier in hexadecimal.
     *
     * @param membership tells who certifies an MSP's nodes where the text does not
     * @return empty if the text is no node
     * @throws PolicyException if neither tells
     */
    static Optional<NodePrincipal> parse(String text, Optional<Membership> membership) throws PolicyException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !NodeName.isValid(matcher.group(2))) {
            return Optional.empty();
        }
        MspId mspId = new MspId(matcher.group(1));
        String given = matcher.group(3);
        Optional<ByteString> certifiers = given != null
                ? Optional.of(ByteString.copyFrom(HexFormat.of().parseHex(given)))
                : membership.flatMap(known -> known.nodeCertifiers(mspId));
        return Optional.of(new NodePrincipal(
                mspId,
                new NodeName(matcher.group(2)),
                certifiers.orElseThrow(() -> new PolicyException("it is not known here which CA certifies the nodes of "
                        + mspId + "; write '" + matcher.group() + "@' and its identifier"))));
    }

    /** Reads the message; empty if the principal is anything else. */
    public static Optional<NodePrincipal> of(MSPPrincipal principal) {
        if (principal.getPrincipalClassification() != Classification.COMBINED) {
            return Optional.empty();
        }
        try {
            List<MSPPrincipal> parts =
                    CombinedPrincipal.parseFrom(principal.getPrincipal()).getPrincipalsList();
            if (parts.size() != 2 || parts.get(1).getPrincipalClassification() != Classification.ORGANIZATION_UNIT) {
                return Optional.empty();
            }
            OrganizationUnit unit = OrganizationUnit.parseFrom(parts.get(1).getPrincipal());
            String text = unit.getMspIdentifier() + "." + unit.getOrganizationalUnitIdentifier() + "@"
                    + HexFormat.of().formatHex(unit.getCertifiersIdentifier().toByteArray());
            return parse(text, Optional.empty())
                    .filter(node -> node.toPrincipal().equals(principal));
        } catch (InvalidProtocolBufferException | PolicyException e) {
            return Optional.empty();
        }
    }

    /** The message. */
    public MSPPrincipal toPrincipal() {
        OrganizationUnit unit = OrganizationUnit.newBuilder()
                .setMspIdentifier(mspId.value())
                .setOrganizationalUnitIdentifier(UNIT_PREFIX + node)
                .setCertifiersIdentifier(certifiers)
                .build();
        CombinedPrincipal both = CombinedPrincipal.newBuilder()
                .addPrincipals(new RolePrincipal(mspId.value(), MSPRoleType.PEER).toPrincipal())
                .addPrincipals(MSPPrincipal.newBuilder()
                        .setPrincipalClassification(Classification.ORGANIZATION_UNIT)
                        .setPrincipal(unit.toByteString()))
                .build();
        return MSPPrincipal.newBuilder()
                .setPrincipalClassification(Classification.COMBINED)
                .setPrincipal(both.toByteString())
                .build();
    }

    /** The text with the certifiers' identifier, which can be read anywhere. */
    public String toFullText() {
        return this + "@" + HexFormat.of().formatHex(certifiers.toByteArray());
    }

    @Override
    public String toString() {
        return mspId + "." + UNIT_PREFIX + node;
    }
}
