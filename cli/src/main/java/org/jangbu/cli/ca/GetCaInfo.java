package org.jangbu.cli.ca;

import org.jangbu.cli.run.LedgerCommand;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.model.json.JsonValue.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells about an authority. */
@Command(
        name = "getcainfo",
        description = "Tell an authority's name and version, and write its certificates into the MSP folder.",
        footer = {
            "",
            "Example:",
            "  jangbu ca getcainfo -u https://localhost:7054 --tls.certfiles tlsca.pem -M org1/msp"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GetCaInfo extends LedgerCommand {
    @Mixin
    private CaOptions options;

    @Override
    protected void execute() {
        JsonObject info = new CaCaller(options.rest()).asNobody("cainfo", options.members());
        new EnrolledFolder(options.mspDir())
                .authorities(RestAnswer.base64(info, "CAChain").toByteArray(), options.fileName());
        output.print(new Output.Facts()
                .with("name", RestAnswer.required(info, "CAName"))
                .with("version", RestAnswer.required(info, "Version"))
                .with("mspDir", options.mspDir().toString()));
    }
}
