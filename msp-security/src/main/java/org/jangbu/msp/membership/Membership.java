package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;

/**
 * The MSPs that count in one place: all of a channel's at one configuration, or a node's local one. Immutable and thread-safe; parsed
 * identities and verdicts are cached within it, so that a new configuration starts afresh.
 */
public interface Membership {
    /** The MSPs that belong. */
    Set<MspId> mspIds();

    /**
     * Parses a {@code SerializedIdentity} without judging it beyond its form and its MSP.
     *
     * @throws IdentityException MALFORMED or UNKNOWN_MSP
     */
    Identity deserialize(ByteString serializedIdentity) throws IdentityException;

    /**
     * Judges an identity by its MSP's rules: chain, revocation lists, organisational units. The clock plays no part: block validation must
     * give the same verdict for ever.
     *
     * @throws IdentityException INVALID or REVOKED
     */
    void validate(Identity identity) throws IdentityException;

    /**
     * Judges a valid identity, and the authorities above it, by revocation lists that stand in no configuration. For doors only.
     *
     * @throws IdentityException REVOKED, or what {@link #validate} says
     */
    void checkNotRevoked(Identity identity, RevocationNews news) throws IdentityException;

    /** Whether a valid identity satisfies a principal; an identity of another MSP never does, nor does one that {@link #validate} refuses. */
    boolean satisfies(Identity identity, MSPPrincipal principal);

    /**
     * The identifier of the chain that certifies the nodes of an MSP, which a principal for one node must name. Empty if the MSP does not
     * belong here or several of its CAs could certify nodes.
     */
    default Optional<ByteString> nodeCertifiers(MspId mspId) {
        return Optional.empty();
    }
}
