package org.jangbu.msp.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.OrganizationUnit;
import org.jangbu.model.Quoted;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.membership.Membership;

/** Principals as the policy language writes them: roles and nodes. */
final class PrincipalText {
    private PrincipalText() {}

    /**
     * Reads a principal; empty if the text is none.
     *
     * @throws PolicyException if it is a node, and nobody tells who certifies it
     */
    static Optional<MSPPrincipal> read(String text, Optional<Membership> membership) throws PolicyException {
        Optional<RolePrincipal> role = RolePrincipal.parse(text);
        return role.isPresent()
                ? role.map(RolePrincipal::toPrincipal)
                : NodePrincipal.parse(text, membership).map(NodePrincipal::toPrincipal);
    }

    /**
     * Writes a principal so that it can be read anywhere.
     *
     * @throws PolicyException if the language has no word for it
     */
    static String write(MSPPrincipal principal) throws PolicyException {
        Optional<NodePrincipal> node = NodePrincipal.of(principal);
        return node.isPresent()
                ? node.get().toFullText()
                : RolePrincipal.of(principal).toString();
    }

    /** What to call a principal before people, whatever it is. */
    static String describe(MSPPrincipal principal) {
        try {
            return switch (principal.getPrincipalClassification()) {
                case ROLE -> RolePrincipal.of(principal).toString();
                case ORGANIZATION_UNIT -> {
                    OrganizationUnit unit = OrganizationUnit.parseFrom(principal.getPrincipal());
                    yield "unit " + Quoted.brief(unit.getOrganizationalUnitIdentifier()) + " of "
                            + Quoted.brief(unit.getMspIdentifier());
                }
                case IDENTITY ->
                    Quoted.brief(X509Identity.parse(principal.getPrincipal()).toString());
                case COMBINED ->
                    NodePrincipal.of(principal).map(NodePrincipal::toString).orElse("a combined principal");
                case ANONYMITY -> "a principal of anonymity";
                case UNRECOGNIZED -> "a principal of unknown kind";
            };
        } catch (InvalidProtocolBufferException | PolicyException | IdentityException e) {
            return "a principal that cannot be read";
        }
    }
}
