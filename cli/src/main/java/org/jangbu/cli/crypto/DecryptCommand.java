package org.jangbu.cli.crypto;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.server.Connection;
import org.jangbu.msp.confidential.ConfidentialException;
import org.jangbu.msp.confidential.ConfidentialMessage;
import org.jangbu.msp.identity.KeySigningIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decrypts a file. */
@Command(
        name = "decrypt",
        description = "Decrypt a file that was encrypted for you.",
        footer = {"", "Example:", "  jangbu decrypt --msp-dir alice/msp --input offer.cms --output offer.pdf"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class DecryptCommand implements Callable<Integer> {
    @Option(names = "--msp-dir", paramLabel = "FOLDER", required = true, description = "Your MSP folder with its key")
    private Path mspDir;

    @Option(
            names = "--msp-id",
            paramLabel = "ID",
            defaultValue = "MSP",
            description = "The MSP's id; it does not matter here")
    private String mspId;

    @Option(names = "--input", paramLabel = "FILE", defaultValue = "-", description = "- is standard input")
    private Path input;

    @Option(names = "--output", paramLabel = "FILE", defaultValue = "-", description = "- is standard output")
    private Path output;

    @Override
    public Integer call() {
        KeySigningIdentity own = Connection.identity(mspDir, mspId);
        try {
            byte[] content =
                    ConfidentialMessage.decrypt(InputFile.read(input).toByteArray(), own.certificate(), own.key());
            InputFile.write(output, ByteString.copyFrom(content));
            return ExitCode.OK.number();
        } catch (ConfidentialException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
