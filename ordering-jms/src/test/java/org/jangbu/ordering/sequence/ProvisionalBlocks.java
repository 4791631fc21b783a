package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.BlockHash;
import org.jangbu.msp.identity.SigningIdentity;

/** Blocks as an orderer appends them before it publishes them. */
public final class ProvisionalBlocks {
    private ProvisionalBlocks() {}

    /** The block after the newest of a chain, with one transaction. */
    public static Block next(ProvisionalChain chain, SigningIdentity signer, ByteString envelope)
            throws OrdererLedgerException {
        long number = chain.mark();
        ByteString previous = BlockHash.of(chain.block(number - 1).getHeader());
        return new BlockMaker(signer, new SecureRandom())
                .make(number, previous, List.of(envelope), 0, new BatchPart(UUID.randomUUID(), 0, 1));
    }
}
