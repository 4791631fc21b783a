package org.jangbu.peer.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.model.ChannelId;
import org.jangbu.model.Quoted;
import org.jangbu.peer.endorse.AccessControl;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.SystemChaincode;
import org.jangbu.peer.join.JoinException;

/** {@code cscc}: which channels a peer has joined, their configuration, and how an administrator has it join another. */
public final class CsccChaincode implements SystemChaincode {
    private final Supplier<Set<ChannelId>> names;
    private final Function<String, Optional<JoinedChannel>> channels;
    private final Joining joining;

    /** Has this peer join a channel; see {@link org.jangbu.peer.join.PeerChannels#join}. */
    @FunctionalInterface
    public interface Joining {
        ChannelId join(ByteString caller, Block genesis) throws JoinException;
    }

    public CsccChaincode(
            Supplier<Set<ChannelId>> names, Function<String, Optional<JoinedChannel>> channels, Joining joining) {
        this.names = names;
        this.channels = channels;
        this.joining = joining;
    }

    @Override
    public String name() {
        return "cscc";
    }

    @Override
    public boolean callable() {
        return false;
    }

    @Override
    public ChaincodeResult invoke(Call call) {
        String function = call.text(0);
        int arguments = call.args().size();
        if (arguments < 1 || (arguments < 2 && !function.equals("GetChannels"))) {
            return SystemChaincode.failure(500, "Incorrect number of arguments, " + arguments);
        }
        return switch (function) {
            case "JoinChain" -> join(call);
            case "GetChannels" -> channels(call);
            case "GetConfigBlock" ->
                onChannel(
                        call,
                        channel -> channel.ledger()
                                .block(channel.ledger().lastConfig())
                                .map(block -> SystemChaincode.success(block.toByteString()))
                                .orElseGet(() -> SystemChaincode.failure(500, "the configuration block is missing")));
            case "GetChannelConfig" ->
                onChannel(
                        call,
                        channel -> SystemChaincode.success(
                                channel.config().config().toByteString()));
            default -> SystemChaincode.failure(500, "Requested function " + Quoted.brief(function) + " not found.");
        };
    }

    /** For members of the peer's own organisation: without a channel, the creator has been validated by the local MSP. */
    private ChaincodeResult channels(Call call) {
        if (call.channel().isPresent()) {
            return SystemChaincode.failure(
                    500, "access denied for [GetChannels]: [it is asked without naming a channel]");
        }
        ChannelQueryResponse.Builder response = ChannelQueryResponse.newBuilder();
        names.get().stream()
                .sorted()
                .forEach(name -> response.addChannelsBuilder().setChannelId(name.value()));
        return SystemChaincode.success(response.build().toByteString());
    }

    private ChaincodeResult join(Call call) {
        if (call.args().get(1).isEmpty()) {
            return SystemChaincode.failure(500, "Cannot join the channel <nil> configuration block provided");
        }
        if (call.channel().isPresent()) {
            return SystemChaincode.failure(
                    500, "access denied for [JoinChain]: [it is asked without naming a channel]");
        }
        try {
            Block genesis = Block.parseFrom(call.args().get(1));
            try {
                joining.join(call.proposal().creator(), genesis);
                return SystemChaincode.success(ByteString.EMPTY);
            } catch (JoinException e) {
                return SystemChaincode.failure(500, refusal(e, genesis));
            }
        } catch (InvalidProtocolBufferException e) {
            return SystemChaincode.failure(500, "Failed to reconstruct the genesis block, the bytes are none");
        }
    }

    /** Clients of Fabric look for its words where a peer has joined before. */
    private static String refusal(JoinException e, Block genesis) {
        return switch (e.kind()) {
            case DENIED -> "access denied for [JoinChain][" + channel(genesis) + "]: [" + e.getMessage() + "]";
            case JOINED_ALREADY ->
                "cannot create ledger from genesis block: ledger [" + channel(genesis)
                        + "] already exists with state [ACTIVE]";
            default -> "\"JoinChain\" request failed: " + e.getMessage();
        };
    }

    private static String channel(Block genesis) {
        try {
            return GenesisBlock.read(genesis).channel().value();
        } catch (ChannelConfigException e) {
            return "";
        }
    }

    private ChaincodeResult onChannel(Call call, Function<JoinedChannel, ChaincodeResult> answer) {
        String name = call.text(1);
        if (name.isEmpty()) {
            return SystemChaincode.failure(500, "empty channel name provided");
        }
        Optional<JoinedChannel> channel = channels.apply(name);
        if (channel.isEmpty()) {
            return SystemChaincode.failure(500, "Unknown chain ID, " + Quoted.brief(name));
        }
        Optional<String> refusal = AccessControl.refusal(
                channel.get().config(), "cscc/" + call.text(0), call.proposal().creator());
        return refusal.isPresent()
                ? SystemChaincode.failure(
                        500, "access denied for [" + call.text(0) + "][" + name + "]: " + refusal.get())
                : answer.apply(channel.get());
    }
}
