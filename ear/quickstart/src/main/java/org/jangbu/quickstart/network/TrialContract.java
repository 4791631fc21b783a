package org.jangbu.quickstart.network;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.PolicySyntaxException;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;

/**
 * A contract as both organisations of the trial have agreed on it: both must endorse.
 *
 * @param name under which the channel knows it
 * @param packageFile the chaincode package, from the project's folder
 */
public record TrialContract(String name, String packageFile) {
    public static final TrialContract REMITTANCE =
            new TrialContract("remittance", "samples/remittance/target/remittance.tgz");
    public static final TrialContract KEY_VALUE = new TrialContract("keyvalue", "samples/keyvalue/target/keyvalue.tgz");
    /** The contracts that every trial network has. */
    public static final List<TrialContract> USUAL = List.of(REMITTANCE, KEY_VALUE);

    /** Fabric's policy language. */
    public static final String POLICY = "AND('Org1MSP.peer','Org2MSP.peer')";

    /** The functions of {@code _lifecycle} by which an organisation approves a definition, and the channel commits it. */
    public static final String APPROVE = "ApproveChaincodeDefinitionForMyOrg";

    public static final String COMMIT = "CommitChaincodeDefinition";

    private static final long SEQUENCE = 1;
    private static final String VERSION = "1.0";
    private static final String ENDORSEMENT = "escc";
    private static final String VALIDATION = "vscc";

    /** The id of the contract's package as this build has made it. */
    public String packageId(Artifacts artifacts) throws IOException, QuickStartException {
        try {
            return ChaincodePackage.read(Files.readAllBytes(artifacts.contractPackage(packageFile)))
                    .id()
                    .toString();
        } catch (ChaincodePackageException e) {
            throw new QuickStartException("The package " + packageFile + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The argument with which an organisation approves the definition, and names the package that its peers run, in Base64. */
    public String approvalArgument(String packageId) {
        ChaincodeSource source = ChaincodeSource.newBuilder()
                .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId))
                .build();
        ApproveChaincodeDefinitionForMyOrgArgs arguments = ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setSequence(SEQUENCE)
                .setName(name)
                .setVersion(VERSION)
                .setEndorsementPlugin(ENDORSEMENT)
                .setValidationPlugin(VALIDATION)
                .setValidationParameter(policy())
                .setSource(source)
                .build();
        return Base64.getEncoder().encodeToString(arguments.toByteArray());
    }

    /** The argument of {@code CommitChaincodeDefinition}, in Base64. */
    public String commitArgument() {
        CommitChaincodeDefinitionArgs arguments = CommitChaincodeDefinitionArgs.newBuilder()
                .setSequence(SEQUENCE)
                .setName(name)
                .setVersion(VERSION)
                .setEndorsementPlugin(ENDORSEMENT)
                .setValidationPlugin(VALIDATION)
                .setValidationParameter(policy())
                .build();
        return Base64.getEncoder().encodeToString(arguments.toByteArray());
    }

    private static ByteString policy() {
        try {
            return ApplicationPolicy.newBuilder()
                    .setSignaturePolicy(PolicyLanguage.parse(POLICY))
                    .build()
                    .toByteString();
        } catch (PolicySyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
