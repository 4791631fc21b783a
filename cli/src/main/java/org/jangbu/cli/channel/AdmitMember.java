package org.jangbu.cli.channel;

import java.io.IOException;
import java.nio.file.Path;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.MspId;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the update that takes in an organisation. */
@Command(
        name = "admit",
        description =
                "Make the update that takes an organisation into the consortium. Members sign it with channel signconfigtx.",
        footer = {
            "",
            "Example:",
            "  jangbu consortium admit --member-msp-dir org3/msp --member-msp-id Org3MSP --update org3.pb"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AdmitMember extends ServerCommand {
    @Mixin
    private ConsortiumOfOrderer consortium;

    @Option(
            names = "--member-msp-dir",
            paramLabel = "FOLDER",
            required = true,
            description = "The organisation's MSP folder, as channels shall know it")
    private Path folder;

    @Option(names = "--member-msp-id", paramLabel = "ID", required = true, description = "The MSP of that folder")
    private String id;

    @Option(names = "--update", paramLabel = "FILE", required = true, description = "Where to write the update")
    private Path file;

    @Override
    protected void execute() {
        JsonObject made = connection
                .rest()
                .post(consortium.path("/updates/compute"), member().toByteArray())
                .object();
        InputFile.write(file, RestAnswer.base64(made, "update"));
        output.print(new Output.Facts()
                .with("update", file.toString())
                .with("admissionPolicy", RestAnswer.required(made, "admissionPolicy")));
    }

    private MSPConfig member() {
        try {
            return LocalMsp.read(folder, new MspId(id)).channelConfig();
        } catch (IOException | MspConfigurationException | IllegalArgumentException e) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, "the MSP folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }
}
