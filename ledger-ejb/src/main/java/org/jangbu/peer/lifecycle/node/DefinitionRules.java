package org.jangbu.peer.lifecycle.node;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jangbu.chaincode.plugin.jars.PluginReference;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.Quoted;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;

/** What names, versions and collections a definition may have: Fabric's rules in Fabric's words. */
final class DefinitionRules {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_.+-]{1,249}");
    private static final Pattern COLLECTION = Pattern.compile("[A-Za-z0-9-]++[A-Za-z0-9_-]{0,248}");
    private static final Set<String> RESERVED = Set.of("cscc", "escc", "lscc", "pscc", "qscc", "vscc");

    private DefinitionRules() {}

    /** Refuses what must be neither approved nor committed. */
    static void check(String name, String version, CollectionConfigPackage collections) throws LifecycleException {
        Optional<String> problem = problem(name, version, collections);
        if (problem.isPresent()) {
            throw new LifecycleException("error validating chaincode definition: " + problem.get());
        }
    }

    /**
     * Refuses plug-ins that no peer could ever have. Fabric takes any name and halts later.
     *
     * @param definition what is asked for, with defaults in the place of what was left out
     */
    static void checkPlugins(ChaincodeDefinition definition) throws LifecycleException {
        checkPlugin("endorsement", definition.endorsementPlugin(), ChaincodeDefinition.ESCC);
        checkPlugin("validation", definition.validationPlugin(), ChaincodeDefinition.VSCC);
    }

    /**
     * Refuses a definition that drops a collection which the committed one has, or changes for how long its data live: hashes that are there
     * already have their end.
     *
     * @param committed the definition in force; empty if there is none
     */
    static void checkCollections(ChaincodeDefinition wanted, Optional<ChaincodeDefinition> committed)
            throws LifecycleException {
        List<CollectionConfig> existing = committed
                .map(definition -> definition.collections().getConfigList())
                .orElse(List.of());
        if (!existing.isEmpty() && wanted.collections().getConfigCount() == 0) {
            throw invalid("the proposed collection config does not contain previously defined collections");
        }
        for (CollectionConfig config : existing) {
            StaticCollectionConfig before = config.getStaticCollectionConfig();
            StaticCollectionConfig after = wanted.collection(before.getName())
                    .orElseThrow(() -> invalid("existing collection [" + before.getName()
                            + "] missing in the proposed collection configuration"));
            if (after.getBlockToLive() != before.getBlockToLive()) {
                throw invalid("the BlockToLive in an existing collection [" + before.getName()
                        + "] modified. Existing value [" + Long.toUnsignedString(before.getBlockToLive()) + "]");
            }
        }
    }

    private static LifecycleException invalid(String reason) {
        return new LifecycleException("error validating chaincode definition: " + reason);
    }

    private static void checkPlugin(String kind, String plugin, String builtIn) throws LifecycleException {
        if (!plugin.equals(builtIn) && PluginReference.parse(plugin).isEmpty()) {
            throw new LifecycleException(
                    "error validating chaincode definition: invalid " + kind + " plugin '" + Quoted.brief(plugin)
                            + "'. It is '" + builtIn + "' or <name>:<version>:<SHA-256 of the jar in hex>");
        }
    }

    private static Optional<String> problem(String name, String version, CollectionConfigPackage collections) {
        String shown = Quoted.brief(name);
        if (!ChaincodeName.isValid(name) || name.equals(ChaincodeName.LIFECYCLE.value())) {
            return Optional.of("invalid chaincode name '" + shown
                    + "'. Names can only consist of alphanumerics, '_', and '-' and can only begin with alphanumerics");
        }
        if (RESERVED.contains(name)) {
            return Optional.of("chaincode name '" + shown + "' is the name of a system chaincode");
        }
        if (!VERSION.matcher(version).matches()) {
            return Optional.of("invalid chaincode version '" + Quoted.brief(version)
                    + "'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'");
        }
        return collectionProblem(collections);
    }

    private static Optional<String> collectionProblem(CollectionConfigPackage collections) {
        Set<String> seen = new HashSet<>();
        for (CollectionConfig config : collections.getConfigList()) {
            if (!config.hasStaticCollectionConfig()) {
                return Optional.of("collection configuration is empty");
            }
            Optional<String> problem = problem(config.getStaticCollectionConfig(), seen);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(StaticCollectionConfig collection, Set<String> seen) {
        String name = collection.getName();
        String shown = "collection-name: " + Quoted.brief(name) + " -- ";
        if (!COLLECTION.matcher(name).matches()) {
            return Optional.of("invalid collection name '" + Quoted.brief(name)
                    + "'. Names can only consist of alphanumerics, '_', and '-' and cannot begin with '_'");
        }
        if (!seen.add(name)) {
            return Optional.of(shown + "found duplicate in collection configuration");
        }
        if (collection.getMaximumPeerCount() < collection.getRequiredPeerCount()) {
            return Optional.of(shown + "maximum peer count (" + collection.getMaximumPeerCount()
                    + ") cannot be less than the required peer count (" + collection.getRequiredPeerCount() + ")");
        }
        if (collection.getRequiredPeerCount() < 0) {
            return Optional.of(
                    shown + "requiredPeerCount (" + collection.getRequiredPeerCount() + ") cannot be less than zero");
        }
        if (!collection.getMemberOrgsPolicy().hasSignaturePolicy()) {
            return Optional.of(shown + "collection member policy is not set");
        }
        return Optional.empty();
    }
}
