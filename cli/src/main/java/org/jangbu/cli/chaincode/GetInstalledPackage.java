package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hyperledger.fabric.protos.peer.lifecycle.GetInstalledChaincodePackageArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.GetInstalledChaincodePackageResult;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fetches a package. */
@Command(
        name = "getinstalledpackage",
        description = "Fetch a package from a peer of your organisation. It is kept only if it is the one of that id.",
        footer = {
            "",
            "Example:",
            "  jangbu chaincode getinstalledpackage --package-id pay_1.0:0f3a… --output-directory packages"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GetInstalledPackage extends ServerCommand {
    @Option(names = "--package-id", paramLabel = "ID", required = true, description = "The package's id")
    private String id;

    @Option(
            names = "--output-directory",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "Where to. Default: the present folder")
    private Path folder;

    @Override
    protected void execute() {
        ByteString bytes = connection.ownKey().isPresent() ? withOwnKey() : managed();
        try {
            String got = ChaincodePackage.read(bytes.toByteArray()).id().toString();
            if (!got.equals(id)) {
                throw CommandFailure.of(ExitCode.UNUSABLE, "the server gave the package " + got + " instead");
            }
        } catch (ChaincodePackageException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "what the server gave: " + e.getMessage(), e);
        }
        Path file = folder.resolve(id.replace(':', '.') + ".tar.gz");
        InputFile.write(file, bytes);
        output.print(new Output.Facts().with("packageId", id).with("file", file.toString()));
    }

    private ByteString withOwnKey() {
        return new Lifecycle(connection)
                .askPeer(
                        "GetInstalledChaincodePackage",
                        GetInstalledChaincodePackageArgs.newBuilder()
                                .setPackageId(id)
                                .build(),
                        GetInstalledChaincodePackageResult.parser())
                .getChaincodeInstallPackage();
    }

    private ByteString managed() {
        return connection
                .rest()
                .bytes("peers/" + connection.requiredPeer() + "/packages/"
                        + URLEncoder.encode(id, StandardCharsets.UTF_8));
    }
}
