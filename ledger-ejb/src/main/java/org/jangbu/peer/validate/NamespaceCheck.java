package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.chaincode.plugin.jars.PluginReference;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.Quoted;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.policy.Policy;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.ChaincodeDefinitions;
import org.jspecify.annotations.Nullable;

/**
 * Fabric's default validation: each namespace that a transaction writes, and the one it invoked, is a defined chaincode whose policies the
 * endorsers satisfy. Of several policies the nearest counts: that of the key, else that of the collection, else that of the chaincode. The
 * chaincode's own is asked at least where no other was. Where the definition names a plug-in, that judges the namespace in its place.
 */
final class NamespaceCheck {
    private static final String IMPLICIT_COLLECTION = "_implicit_org_";

    private final EndorsementPolicies policies;
    private final ChaincodeDefinitions definitions;
    private final CommittedEntries committed;
    private final PluginCheck plugins;

    NamespaceCheck(
            EndorsementPolicies policies,
            ChaincodeDefinitions definitions,
            CommittedEntries committed,
            PluginCheck plugins) {
        this.policies = policies;
        this.definitions = definitions;
        this.committed = committed;
        this.plugins = plugins;
    }

    Verdict check(EndorserTransaction transaction, List<Identity> endorsers) {
        Map<String, ReadWriteSet.@Nullable Namespace> written = new LinkedHashMap<>();
        written.put(transaction.chaincode(), null);
        for (ReadWriteSet.Namespace namespace : transaction.readWriteSet().namespaces()) {
            if (namespace.hasWrites()) {
                written.put(namespace.name(), namespace);
            }
        }
        for (Map.Entry<String, ReadWriteSet.@Nullable Namespace> entry : written.entrySet()) {
            Verdict verdict = check(entry.getKey(), entry.getValue(), transaction, endorsers);
            if (!verdict.isValid()) {
                return verdict;
            }
        }
        return Verdict.VALID;
    }

    private Verdict check(
            String name,
            ReadWriteSet.@Nullable Namespace namespace,
            EndorserTransaction transaction,
            List<Identity> endorsers) {
        Optional<Rules> rules = rules(name);
        if (rules.isEmpty()) {
            return new Verdict(
                    TxValidationCode.INVALID_CHAINCODE, "no chaincode '" + Quoted.brief(name) + "' is defined");
        }
        ChaincodeDefinition definition = rules.get().definition();
        Optional<PluginReference> plugin = definition == null ? Optional.empty() : definition.ownValidation();
        return definition == null || plugin.isEmpty()
                ? standard(rules.get(), namespace, endorsers)
                : plugins.check(
                        plugin.get(),
                        definition,
                        transaction,
                        namespace,
                        endorsers,
                        () -> standard(rules.get(), namespace, endorsers));
    }

    private Verdict standard(Rules rules, ReadWriteSet.@Nullable Namespace namespace, List<Identity> endorsers) {
        Evaluation evaluation = new Evaluation(rules, endorsers);
        if (namespace != null) {
            WrittenKeys.forEach(namespace, evaluation::write);
        }
        return evaluation.verdict();
    }

    private Optional<Rules> rules(String name) {
        if (!ChaincodeName.isValid(name)) {
            return Optional.empty();
        }
        ChaincodeName chaincode = new ChaincodeName(name);
        if (chaincode.equals(ChaincodeName.LIFECYCLE)) {
            return Optional.of(new Rules(chaincode, policies.lifecycle(), null));
        }
        return definitions
                .find(chaincode)
                .filter(definition -> definition.validationIsKnown()
                        && !definition.validationParameter().isEmpty())
                .map(definition ->
                        new Rules(chaincode, policies.application(definition.validationParameter()), definition));
    }

    /** @param definition null for {@code _lifecycle} itself, which has implicit collections only */
    private record Rules(
            ChaincodeName name, Policy policy, @Nullable ChaincodeDefinition definition) {}

    /** The policy of a collection's writes; empty if there is no such collection. */
    private Optional<Policy> ofCollection(Rules rules, String collection) {
        if (collection.startsWith(IMPLICIT_COLLECTION)) {
            return policies.implicitCollection(collection.substring(IMPLICIT_COLLECTION.length()));
        }
        ChaincodeDefinition definition = rules.definition();
        if (definition == null || collection.isEmpty()) {
            return Optional.empty();
        }
        return definition
                .collection(collection)
                .map(config -> config.hasEndorsementPolicy()
                        ? policies.application(config.getEndorsementPolicy().toByteString())
                        : rules.policy());
    }

    /** The policies that one namespace's writes call for, each asked once. */
    private final class Evaluation {
        private final Rules rules;
        private final List<Identity> endorsers;
        private final Set<String> checkedCollections = new HashSet<>();
        private final Set<ByteString> checkedKeyPolicies = new HashSet<>();
        private final List<String> problems = new ArrayList<>(1);
        private boolean chaincodeChecked;

        Evaluation(Rules rules, List<Identity> endorsers) {
            this.rules = rules;
            this.endorsers = endorsers;
        }

        void write(WrittenKeys.Write write) {
            if (!problems.isEmpty()) {
                return;
            }
            String collection = write.collection();
            ByteString own = KeyPolicy.of(committed.get(write.key()));
            if (!own.isEmpty()) {
                if (checkedKeyPolicies.add(own)) {
                    require(policies.signature(own), "of the key " + shown(write.key()));
                }
            } else if (collection == null) {
                requireChaincode();
            } else if (checkedCollections.add(collection)) {
                collection(collection);
            }
        }

        Verdict verdict() {
            if (problems.isEmpty() && checkedCollections.isEmpty() && checkedKeyPolicies.isEmpty()) {
                requireChaincode();
            }
            return problems.isEmpty()
                    ? Verdict.VALID
                    : new Verdict(TxValidationCode.ENDORSEMENT_POLICY_FAILURE, problems.get(0));
        }

        private void collection(String name) {
            ofCollection(rules, name)
                    .ifPresentOrElse(
                            policy -> require(policy, "of the collection " + Quoted.brief(name)),
                            () -> problems.add(
                                    "chaincode " + rules.name() + " has no collection '" + Quoted.brief(name) + "'"));
        }

        private void requireChaincode() {
            if (!chaincodeChecked) {
                chaincodeChecked = true;
                require(rules.policy(), "of the chaincode");
            }
        }

        private void require(Policy policy, String whose) {
            if (!policy.isSatisfiedBy(endorsers)) {
                problems.add("the endorsers do not satisfy the policy " + whose + " in namespace " + rules.name()
                        + "; missing: " + policy.missing(endorsers).orElse("nothing"));
            }
        }
    }

    private static String shown(StateKey key) {
        return "'" + Quoted.brief(key.key()) + "'";
    }
}
