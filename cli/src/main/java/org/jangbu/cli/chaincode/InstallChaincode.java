package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeResult;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Installs a package on a peer. */
@Command(
        name = "install",
        description = "Install a package on a peer of your organisation.",
        footer = {"", "Example:", "  jangbu chaincode install pay.tgz --peer peer0.org1.example.com"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InstallChaincode extends ServerCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The package")
    private Path file;

    @Override
    protected void execute() {
        ChaincodePackage checked = PackageFile.read(file);
        String peer = connection.requiredPeer();
        output.progress("sending " + checked.bytes().length + " bytes to " + peer);
        String id = connection.ownKey().isPresent() ? withOwnKey(checked) : managed(checked, peer);
        output.print(new Output.Facts().with("peer", peer).with("packageId", id));
    }

    private String withOwnKey(ChaincodePackage checked) {
        return new Lifecycle(connection)
                .askPeer(
                        "InstallChaincode",
                        InstallChaincodeArgs.newBuilder()
                                .setChaincodeInstallPackage(ByteString.copyFrom(checked.bytes()))
                                .build(),
                        InstallChaincodeResult.parser())
                .getPackageId();
    }

    private String managed(ChaincodePackage checked, String peer) {
        return RestAnswer.required(
                connection
                        .rest()
                        .post("peers/" + peer + "/packages", checked.bytes())
                        .object(),
                "packageId");
    }
}
