package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.ordering.participation.ChannelParticipation;
import org.jangbu.ordering.participation.ParticipationException;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** Makes the first blocks of channels from profiles. */
@ApplicationScoped
public class FirstBlocks {
    private static final int NONCE_BYTES = 24;

    private final SecureRandom random = new SecureRandom();

    @Inject
    ChannelParticipation participation;

    /** A first block, of which nobody knows yet. */
    public record Made(ChannelId channel, Block block) {}

    /** The block of the profile in {@code body}, with what an orderer of this server brings. */
    Made make(ByteString caller, Optional<NodeName> orderer, byte[] body) {
        ChannelProfile profile = ProfileRequest.read(body, founding(caller, orderer));
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Block block = GenesisBlock.of(profile, Instant.now(), ByteString.copyFrom(nonce));
        try {
            GenesisBlock.requireUsable(GenesisBlock.read(block));
        } catch (ChannelConfigException e) {
            throw Problem.of(ProblemCode.INVALID_BODY, String.valueOf(e.getMessage()))
                    .exception();
        }
        return new Made(profile.channel(), block);
    }

    private ChannelParticipation.Founding founding(ByteString caller, Optional<NodeName> orderer) {
        try {
            return participation.founding(caller, orderer);
        } catch (ParticipationException e) {
            throw Participations.problem(e);
        }
    }
}
