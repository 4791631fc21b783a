package org.jangbu.chaincode.java.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyperledger.fabric.contract.ContractRuntimeException;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.shim.Chaincode.Response;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.Invocation;
import org.jspecify.annotations.Nullable;

/** The shim's stub for one invocation: what the caller sent; the ledger's side is in {@link LedgerStub}. */
final class InvocationStub extends LedgerStub {
    private final Invocation invocation;
    private final ChaincodeHost host;
    private final String localMspId;
    private @Nullable ChaincodeEvent event;

    InvocationStub(Invocation invocation, ChaincodeHost host, String localMspId) {
        super(host);
        this.invocation = invocation;
        this.host = host;
        this.localMspId = localMspId;
    }

    @Override
    public List<byte[]> getArgs() {
        return invocation.args().stream().map(byte[]::clone).toList();
    }

    @Override
    public List<String> getStringArgs() {
        return invocation.args().stream().map(arg -> new String(arg, UTF_8)).toList();
    }

    @Override
    public @Nullable String getFunction() {
        return invocation.args().isEmpty() ? null : new String(invocation.args().get(0), UTF_8);
    }

    @Override
    public List<String> getParameters() {
        return invocation.args().stream()
                .skip(1)
                .map(arg -> new String(arg, UTF_8))
                .toList();
    }

    @Override
    public String getTxId() {
        return invocation.txId();
    }

    @Override
    public String getChannelId() {
        return invocation.channelId();
    }

    @Override
    public Instant getTxTimestamp() {
        return invocation.timestamp();
    }

    @Override
    public byte[] getCreator() {
        return invocation.creator().clone();
    }

    @Override
    public byte[] getBinding() {
        return invocation.binding().clone();
    }

    @Override
    public String getMspId() {
        return localMspId;
    }

    @Override
    public Map<String, byte[]> getTransient() {
        Map<String, byte[]> copy = new HashMap<>();
        invocation.transientData().forEach((key, value) -> copy.put(key, value.clone()));
        return copy;
    }

    @Override
    public SignedProposal getSignedProposal() {
        try {
            return SignedProposal.parseFrom(invocation.signedProposal());
        } catch (InvalidProtocolBufferException e) {
            throw new ContractRuntimeException("The signed proposal cannot be read", e);
        }
    }

    @Override
    public void setEvent(String name, byte @Nullable [] payload) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("event name can not be nil string");
        }
        ChaincodeEvent.Builder builder = ChaincodeEvent.newBuilder().setEventName(name);
        event = payload == null
                ? builder.build()
                : builder.setPayload(ByteString.copyFrom(payload)).build();
    }

    @Override
    public @Nullable ChaincodeEvent getEvent() {
        return event;
    }

    @Override
    public Response invokeChaincode(String chaincodeName, List<byte[]> args, @Nullable String channel) {
        Objects.requireNonNull(chaincodeName, "chaincode name cannot be null");
        List<byte[]> copies = args.stream().map(byte[]::clone).toList();
        try {
            ChaincodeResult result =
                    host.invokeChaincode(chaincodeName, channel == null || channel.isBlank() ? "" : channel, copies);
            return new Response(result.status(), result.message(), result.payload());
        } catch (ChaincodeHostException e) {
            throw LedgerStub.refused(e);
        }
    }
}
