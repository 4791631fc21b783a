package org.jangbu.cli.ca;

import java.nio.file.Path;
import org.jangbu.cli.run.LedgerCommand;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.model.json.JsonValue.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has a revocation list made. */
@Command(
        name = "gencrl",
        description = "Have the authority sign a list of what it has revoked, and write it into the MSP folder.",
        footer = {
            "",
            "Example:",
            "  jangbu ca gencrl -u https://localhost:7054 --tls.certfiles tlsca.pem -M registrar/msp"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GenCrl extends LedgerCommand {
    @Mixin
    private CaOptions options;

    @Override
    protected void execute() {
        JsonObject result =
                new CaCaller(options.rest()).withKey("gencrl", options.members(), CaCaller.identity(options));
        Path file = new EnrolledFolder(options.mspDir())
                .revocations(RestAnswer.base64(result, "CRL").toByteArray(), options.fileName());
        output.print(new Output.Facts().with("list", file.toString()));
    }
}
