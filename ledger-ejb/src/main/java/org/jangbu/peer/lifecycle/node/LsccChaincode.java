package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.ChaincodeData;
import org.hyperledger.fabric.protos.peer.ChaincodeDeploymentSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInfo;
import org.hyperledger.fabric.protos.peer.ChaincodeQueryResponse;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.Quoted;
import org.jangbu.msp.membership.Membership;
import org.jangbu.peer.endorse.AccessControl;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.SystemChaincode;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jangbu.peer.lifecycle.PackageException;
import org.jangbu.peer.lifecycle.StateDefinitions;

/**
 * {@code lscc}, which Fabric's older clients still ask: its queries tell of what {@code _lifecycle} has defined, in its own messages and words,
 * and {@code install} keeps a package. Like Fabric's on a channel with the newer lifecycle it defines nothing itself.
 */
public final class LsccChaincode implements SystemChaincode {
    private static final String PREFIX = LifecycleKeys.metadata(LifecycleKeys.NAMESPACES, "");
    private static final String END = PREFIX.substring(0, PREFIX.length() - 1) + (char) ('/' + 1);
    private static final int MOST_DEFINITIONS = 10_000;

    private final LocalAdministrators administrators;
    private final NodePackages packages;

    public LsccChaincode(LocalNode node, Membership local, NodePackages packages) {
        this.administrators = new LocalAdministrators(node.mspId(), local);
        this.packages = packages;
    }

    @Override
    public String name() {
        return "lscc";
    }

    @Override
    public boolean callable() {
        return false;
    }

    @Override
    public ChaincodeResult invoke(Call call) {
        int count = call.args().size();
        String function = call.text(0);
        return switch (function) {
            case "install" -> count < 2 ? wrongCount(count) : administered(call, this::install);
            case "getinstalledchaincodes", "GetInstalledChaincodes" ->
                count == 1 ? administered(call, unused -> installed()) : wrongCount(count);
            case "deploy", "upgrade" -> count < 3 ? wrongCount(count) : readOnly(call.text(1));
            case "getid", "ChaincodeExists" -> one(call, "lscc/ChaincodeExists");
            case "getdepspec", "GetDeploymentSpec" -> one(call, "lscc/GetDeploymentSpec");
            case "getccdata", "GetChaincodeData" -> one(call, "lscc/GetChaincodeData");
            case "getchaincodes", "GetChaincodes" -> count == 1 ? all(call) : wrongCount(count);
            case "getcollectionsconfig", "GetCollectionsConfig" -> count == 2 ? collections(call) : wrongCount(count);
            default -> SystemChaincode.failure(500, "invalid function to lscc: " + Quoted.brief(function));
        };
    }

    private interface Answer {
        ChaincodeResult give(Call call) throws PackageException;
    }

    private ChaincodeResult administered(Call call, Answer answer) {
        Optional<String> refusal = administrators.refusal(call.proposal().creator());
        if (refusal.isPresent()) {
            return SystemChaincode.failure(500, "access denied for [" + call.text(0) + "]: " + refusal.get());
        }
        try {
            return answer.give(call);
        } catch (PackageException e) {
            return SystemChaincode.failure(500, String.valueOf(e.getMessage()));
        }
    }

    /** Takes a package as {@code _lifecycle} does; a deployment specification of the older lifecycle names no runtime of ours. */
    private ChaincodeResult install(Call call) throws PackageException {
        packages.install(call.args().get(1).newInput());
        return SystemChaincode.success(ByteString.copyFromUtf8("OK"));
    }

    private ChaincodeResult installed() throws PackageException {
        ChaincodeQueryResponse.Builder response = ChaincodeQueryResponse.newBuilder();
        for (PackageId id : packages.list()) {
            response.addChaincodesBuilder()
                    .setName(id.label())
                    .setId(ByteString.copyFrom(HexFormat.of().parseHex(id.hash())));
        }
        return SystemChaincode.success(response.build().toByteString());
    }

    private static ChaincodeResult readOnly(String channel) {
        return SystemChaincode.failure(
                500,
                "Channel '" + Quoted.brief(channel)
                        + "' has been migrated to the new lifecycle, LSCC is now read-only");
    }

    private static ChaincodeResult one(Call call, String resource) {
        if (call.args().size() != 3) {
            return wrongCount(call.args().size());
        }
        JoinedChannel channel = call.channel().orElse(null);
        if (channel == null || !call.text(1).equals(channel.config().channel().value())) {
            return denied(call, call.text(1), "the proposal is for another channel, or for none");
        }
        Optional<String> refusal = AccessControl.refusal(
                channel.config(), resource, call.proposal().creator());
        if (refusal.isPresent()) {
            return denied(call, call.text(1), refusal.get());
        }
        Optional<ChaincodeDefinition> found = find(channel, call.text(2));
        if (found.isEmpty()) {
            return SystemChaincode.failure(
                    500, "could not find chaincode with name '" + Quoted.brief(call.text(2)) + "'");
        }
        ChaincodeDefinition definition = found.get();
        return SystemChaincode.success(
                switch (resource) {
                    case "lscc/ChaincodeExists" ->
                        ByteString.copyFromUtf8(definition.name().value());
                    case "lscc/GetChaincodeData" -> data(definition);
                    default -> specification(definition);
                });
    }

    private static ChaincodeResult all(Call call) {
        return read(call, "lscc/GetInstantiatedChaincodes", channel -> {
            ChaincodeQueryResponse.Builder response = ChaincodeQueryResponse.newBuilder();
            for (WorldState.Entry entry :
                    channel.ledger().state().range(LifecycleKeys.NAMESPACE, PREFIX, END, MOST_DEFINITIONS)) {
                find(channel, entry.key().key().substring(PREFIX.length()))
                        .ifPresent(definition -> response.addChaincodes(ChaincodeInfo.newBuilder()
                                .setName(definition.name().value())
                                .setVersion(definition.version())
                                .setEscc(definition.endorsementPlugin())
                                .setVscc(definition.validationPlugin())));
            }
            return SystemChaincode.success(response.build().toByteString());
        });
    }

    private static ChaincodeResult collections(Call call) {
        return read(
                call,
                "lscc/GetCollectionsConfig",
                channel -> find(channel, call.text(1))
                        .filter(definition -> definition.collections().getConfigCount() > 0)
                        .map(definition ->
                                SystemChaincode.success(definition.collections().toByteString()))
                        .orElseGet(() -> SystemChaincode.failure(
                                500, "collections config not defined for chaincode " + Quoted.brief(call.text(1)))));
    }

    private static ChaincodeResult read(Call call, String resource, Function<JoinedChannel, ChaincodeResult> answer) {
        JoinedChannel channel = call.channel().orElse(null);
        if (channel == null) {
            return denied(call, "", "the proposal is for no channel");
        }
        return AccessControl.refusal(channel.config(), resource, call.proposal().creator())
                .map(refusal -> denied(call, channel.config().channel().value(), refusal))
                .orElseGet(() -> answer.apply(channel));
    }

    private static Optional<ChaincodeDefinition> find(JoinedChannel channel, String name) {
        return ChaincodeName.isValid(name)
                ? new StateDefinitions(channel.ledger().state()).find(new ChaincodeName(name))
                : Optional.empty();
    }

    /** What the older lifecycle kept; its policy only where the definition has one of its own. */
    private static ByteString data(ChaincodeDefinition definition) {
        ChaincodeData.Builder data = ChaincodeData.newBuilder()
                .setName(definition.name().value())
                .setVersion(definition.version())
                .setEscc(definition.endorsementPlugin())
                .setVscc(definition.validationPlugin());
        try {
            ApplicationPolicy policy = ApplicationPolicy.parseFrom(definition.validationParameter());
            if (policy.hasSignaturePolicy()) {
                data.setPolicy(policy.getSignaturePolicy());
            }
        } catch (InvalidProtocolBufferException e) {
            data.clearPolicy();
        }
        return data.build().toByteString();
    }

    /** Names the chaincode and gives no code away: that is a matter of each organisation. */
    private static ByteString specification(ChaincodeDefinition definition) {
        return ChaincodeDeploymentSpec.newBuilder()
                .setChaincodeSpec(ChaincodeSpec.newBuilder()
                        .setChaincodeId(ChaincodeID.newBuilder()
                                .setName(definition.name().value())
                                .setVersion(definition.version())))
                .build()
                .toByteString();
    }

    private static ChaincodeResult denied(Call call, String channel, String reason) {
        return SystemChaincode.failure(
                500, "access denied for [" + call.text(0) + "][" + Quoted.brief(channel) + "]: " + reason);
    }

    private static ChaincodeResult wrongCount(int count) {
        return SystemChaincode.failure(500, "invalid number of arguments to lscc: " + count);
    }
}
