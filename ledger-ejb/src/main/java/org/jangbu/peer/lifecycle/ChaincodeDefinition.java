package org.jangbu.peer.lifecycle;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jangbu.chaincode.plugin.jars.PluginReference;
import org.jangbu.model.ChaincodeName;

/**
 * A chaincode as the channel has committed it.
 *
 * @param sequence grows by one with each new definition
 * @param version free text; endorsers put it into what they sign
 * @param initRequired whether the first call must be an initialisation
 * @param validationParameter serialised {@code ApplicationPolicy} that endorsements must satisfy
 */
public record ChaincodeDefinition(
        ChaincodeName name,
        long sequence,
        String version,
        String endorsementPlugin,
        boolean initRequired,
        String validationPlugin,
        ByteString validationParameter,
        CollectionConfigPackage collections) {

    /** Name of the endorsement plugin that every definition has unless it says otherwise. */
    public static final String ESCC = "escc";

    /** Name of the validation plugin that every definition has unless it says otherwise. */
    public static final String VSCC = "vscc";

    /** The plug-in that judges its transactions; empty for the built-in logic, and where no plug-in can be called so. */
    public Optional<PluginReference> ownValidation() {
        return validationPlugin.equals(VSCC) ? Optional.empty() : PluginReference.parse(validationPlugin);
    }

    /** Whether there is logic of that name. A definition with any other name is one that nobody can follow. */
    public boolean validationIsKnown() {
        return validationPlugin.equals(VSCC) || ownValidation().isPresent();
    }

    /** The explicit collection of that name. */
    public Optional<StaticCollectionConfig> collection(String collection) {
        return collections.getConfigList().stream()
                .filter(config -> config.hasStaticCollectionConfig())
                .map(config -> config.getStaticCollectionConfig())
                .filter(config -> config.getName().equals(collection))
                .findFirst();
    }
}
