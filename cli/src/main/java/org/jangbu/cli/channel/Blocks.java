package org.jangbu.cli.channel;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.RestServer;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;

/** A channel's blocks, fetched and looked at: what comes must be the block that was asked for, and whole. */
public final class Blocks {
    private final RestServer rest;
    private final ChannelId channel;

    public Blocks(RestServer rest, ChannelId channel) {
        this.rest = rest;
        this.channel = channel;
    }

    /** The block of that number. */
    public Block block(long number) {
        try {
            Block block = Block.parseFrom(
                    rest.bytes("channels/" + channel + "/blocks/" + Long.toUnsignedString(number) + "/raw"));
            if (block.getHeader().getNumber() != number
                    || !BlockHash.of(block.getData()).equals(block.getHeader().getDataHash())) {
                throw CommandFailure.of(
                        ExitCode.UNUSABLE, "what the server gave as block " + number + " is not it, or not whole");
            }
            return block;
        } catch (InvalidProtocolBufferException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "what the server gave is no block", e);
        }
    }

    /** The newest block. */
    public Block newest() {
        return block(RestAnswer.number(rest.get("channels/" + channel).object(), "height") - 1);
    }

    /** The block that brought the configuration in force. */
    public Block configuration() {
        Block newest = newest();
        try {
            Metadata signatures = Metadata.parseFrom(newest.getMetadata().getMetadata(0));
            return block(OrdererBlockMetadata.parseFrom(signatures.getValue())
                    .getLastConfig()
                    .getIndex());
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE,
                    "block " + newest.getHeader().getNumber() + " does not tell its configuration",
                    e);
        }
    }
}
