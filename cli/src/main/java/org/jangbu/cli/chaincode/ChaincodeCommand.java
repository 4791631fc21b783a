package org.jangbu.cli.chaincode;

import picocli.CommandLine.Command;

/** All about chaincodes. */
@Command(
        name = "chaincode",
        description = "Package, install, approve, commit and call chaincodes.",
        subcommands = {
            PackageChaincode.class,
            CalculatePackageId.class,
            InstallChaincode.class,
            QueryInstalled.class,
            GetInstalledPackage.class,
            ApproveForMyOrg.class,
            CheckCommitReadiness.class,
            CommitDefinition.class,
            QueryCommitted.class,
            QueryApproved.class,
            InvokeChaincode.class,
            QueryChaincode.class
        })
public final class ChaincodeCommand {
    /** The same where Fabric's peer has it. */
    @Command(
            name = "lifecycle",
            description = "How chaincodes come to a channel; the same as under chaincode.",
            subcommands = LifecycleChaincode.class)
    public static final class LifecycleCommand {}

    /** The lifecycle without calls. */
    @Command(
            name = "chaincode",
            description = "Package, install, approve and commit chaincodes.",
            subcommands = {
                PackageChaincode.class,
                CalculatePackageId.class,
                InstallChaincode.class,
                QueryInstalled.class,
                GetInstalledPackage.class,
                ApproveForMyOrg.class,
                CheckCommitReadiness.class,
                CommitDefinition.class,
                QueryCommitted.class,
                QueryApproved.class
            })
    static final class LifecycleChaincode {}
}
