package org.jangbu.cli.chaincode;

import java.nio.file.Path;
import org.jangbu.cli.run.LedgerCommand;
import org.jangbu.cli.run.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells a package's id. */
@Command(
        name = "calculatepackageid",
        description = "Tell the id of a package, without a server.",
        footer = {"", "Example:", "  jangbu chaincode calculatepackageid pay.tgz"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CalculatePackageId extends LedgerCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The package")
    private Path file;

    @Override
    protected void execute() {
        String id = PackageFile.read(file).id().toString();
        output.print(id, new Output.Facts().with("package_id", id).json());
    }
}
