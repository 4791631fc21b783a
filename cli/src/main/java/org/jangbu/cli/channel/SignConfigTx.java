package org.jangbu.cli.channel;

import java.nio.file.Path;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Signs an update of a configuration. */
@Command(
        name = "signconfigtx",
        description = "Add your signature to an update of a configuration. The file is changed in place.",
        footer = {"", "Example:", "  jangbu channel signconfigtx -f update.pb --msp-dir admin/msp --msp-id Org2MSP"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SignConfigTx extends ServerCommand {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "A common.ConfigUpdate, or the CONFIG_UPDATE envelope that others have signed before")
    private Path file;

    @Override
    protected void execute() {
        UpdateFile signed = UpdateFile.read(file).signed(connection);
        InputFile.write(file, signed.unsent().toByteString());
        output.print(new Output.Facts()
                .with("file", file.toString())
                .with("channel", signed.target())
                .with("signatures", signed.signatures().size()));
    }
}
