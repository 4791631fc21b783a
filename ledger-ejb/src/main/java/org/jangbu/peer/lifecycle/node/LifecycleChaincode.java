package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.Set;
import org.jangbu.chaincode.plugin.jars.Plugins;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.Quoted;
import org.jangbu.msp.membership.Membership;
import org.jangbu.peer.endorse.AccessControl;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.SystemChaincode;
import org.jangbu.peer.lifecycle.LifecycleFunctions;

/**
 * {@code _lifecycle}: how a chaincode comes to a channel. A peer's administrator installs a package; each organisation approves a definition
 * in its own implicit collection; when enough have, by the channel's LifecycleEndorsement policy, the definition is committed for all.
 */
public final class LifecycleChaincode implements SystemChaincode {
    private static final Set<String> WITHOUT_CHANNEL = LifecycleFunctions.WITHOUT_CHANNEL;

    private final LocalAdministrators administrators;
    private final PackageFunctions packages;
    private final ApprovalFunctions approvals;
    private final CommitFunctions commits;

    /** The lifecycle on one peer that has no plug-ins. */
    public LifecycleChaincode(LocalNode node, Membership local, NodePackages packages) {
        this(node, local, packages, Plugins.NONE);
    }

    /**
     * The lifecycle on one peer.
     *
     * @param local the node's local MSP, whose administrators may install and approve
     * @param packages the node's packages
     * @param plugins those of the server
     */
    public LifecycleChaincode(LocalNode node, Membership local, NodePackages packages, Plugins plugins) {
        this.administrators = new LocalAdministrators(node.mspId(), local);
        this.packages = new PackageFunctions(packages);
        this.approvals = new ApprovalFunctions(node);
        this.commits = new CommitFunctions(node, plugins);
    }

    @Override
    public String name() {
        return ChaincodeName.LIFECYCLE.value();
    }

    @Override
    public boolean callable() {
        return true;
    }

    @Override
    public ChaincodeResult invoke(Call call) {
        if (call.args().isEmpty()) {
            return SystemChaincode.failure(500, "lifecycle scc must be invoked with arguments");
        }
        if (call.args().size() != 2) {
            return SystemChaincode.failure(
                    500,
                    "lifecycle scc operations require exactly two arguments but received "
                            + call.args().size());
        }
        String function = call.text(0);
        Optional<String> refusal = refusal(function, call);
        if (refusal.isPresent()) {
            return SystemChaincode.failure(
                    500, "Failed to authorize invocation due to failed ACL check: " + refusal.get());
        }
        try {
            return WITHOUT_CHANNEL.contains(function)
                    ? SystemChaincode.success(onPackages(function, call.args().get(1)))
                    : onChannel(function, call);
        } catch (LifecycleException e) {
            return SystemChaincode.failure(
                    e.status(), e.status() == 404 ? String.valueOf(e.getMessage()) : words(function, e));
        } catch (InvalidProtocolBufferException e) {
            return SystemChaincode.failure(
                    500,
                    words(function, new LifecycleException("error unmarshalling its argument: " + e.getMessage())));
        }
    }

    private Optional<String> refusal(String function, Call call) {
        ByteString creator = call.proposal().creator();
        if (LifecycleFunctions.OF_ADMINISTRATORS.contains(function)) {
            return administrators.refusal(creator);
        }
        return call.channel()
                .flatMap(channel -> AccessControl.refusal(channel.config(), name() + "/" + function, creator));
    }

    private ByteString onPackages(String function, ByteString argument)
            throws LifecycleException, InvalidProtocolBufferException {
        return switch (function) {
            case "InstallChaincode" -> packages.install(argument);
            case "QueryInstalledChaincode" -> packages.query(argument);
            case "QueryInstalledChaincodes" -> packages.queryAll();
            default -> packages.get(argument);
        };
    }

    private ChaincodeResult onChannel(String function, Call call)
            throws LifecycleException, InvalidProtocolBufferException {
        JoinedChannel channel = call.channel().orElse(null);
        ChaincodeHost state = call.state().orElse(null);
        ChaincodeHost legacy = call.legacy().orElse(null);
        if (channel == null || state == null || legacy == null) {
            throw new LifecycleException("it is a matter of a channel, and the proposal names none");
        }
        Scope scope = new Scope(channel, state, legacy);
        ByteString argument = call.args().get(1);
        return switch (function) {
            case "ApproveChaincodeDefinitionForMyOrg" -> SystemChaincode.success(approvals.approve(scope, argument));
            case "QueryApprovedChaincodeDefinition" -> SystemChaincode.success(approvals.query(scope, argument));
            case "CheckCommitReadiness" -> commits.readiness(scope, argument);
            case "CommitChaincodeDefinition" -> SystemChaincode.success(commits.commit(scope, argument));
            case "QueryChaincodeDefinition" -> SystemChaincode.success(DefinitionQueries.one(scope, argument));
            case "QueryChaincodeDefinitions" -> SystemChaincode.success(DefinitionQueries.all(scope));
            default -> throw new LifecycleException("this release does not know it");
        };
    }

    private static String words(String function, LifecycleException failure) {
        return "failed to invoke backing implementation of '" + Quoted.brief(function) + "': " + failure.getMessage();
    }
}
