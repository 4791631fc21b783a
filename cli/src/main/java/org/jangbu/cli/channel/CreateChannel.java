package org.jangbu.cli.channel;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a channel's first block, and gives it to an orderer. */
@Command(
        name = "create",
        description = "Make a channel's first block from a profile, and have an orderer open the channel with it.",
        footer = {
            "",
            "Example:",
            "  jangbu channel create --profile channel2.yaml -c channel2 --outputBlock channel2.block",
            "",
            "The profile, MSP folders relative to it:",
            "  consortium: TrialConsortium",
            "  ordererOrganizations:",
            "    - {mspId: OrdererMSP, mspDir: orderer/msp, addresses: [\"orderer.example.com:7050\"]}",
            "  organizations:",
            "    - mspId: Org2MSP",
            "      mspDir: org2/msp",
            "      anchorPeers: [\"peer0.org2.example.com:7051\"]",
            "      roles: {endorsing: [peer0.org2.example.com], leading: [peer0.org2.example.com]}",
            "  batch: {maxMessageCount: 500, timeoutMillis: 200}"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CreateChannel extends ServerCommand {
    private static final int NONCE_LENGTH = 24;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            required = true,
            description = "YAML that says what the channel is")
    private Path profile;

    @Option(
            names = {"-c", "--channelID", "--channel-id"},
            paramLabel = "NAME",
            description = "The channel's name; else the profile's")
    private @Nullable String channel;

    @Option(
            names = {"--outputBlock", "--output-block"},
            paramLabel = "FILE",
            description = "Where to write the block; else <channel>.block")
    private @Nullable Path block;

    @Option(names = "--output-only", description = "Write the block and ask nobody")
    private boolean outputOnly;

    @Option(
            names = "--orderer",
            paramLabel = "NODE",
            description = "Which orderer, where you administer several of the server's")
    private @Nullable String orderer;

    @Override
    protected void execute() {
        ChannelProfile wanted = ProfileReader.read(profile, Optional.ofNullable(channel));
        byte[] nonce = new byte[NONCE_LENGTH];
        new SecureRandom().nextBytes(nonce);
        Block first = GenesisBlock.of(wanted, Instant.now(), ByteString.copyFrom(nonce));
        Path file = block == null ? Path.of(wanted.channel().value() + ".block") : block;
        InputFile.write(file, first.toByteString());
        Output.Facts facts =
                new Output.Facts().with("channel", wanted.channel().value()).with("block", file.toString());
        if (!outputOnly) {
            output.progress("an orderer opens " + wanted.channel());
            Participation joined = Participation.join(connection.rest(), first, Optional.ofNullable(orderer));
            facts.with("status", joined.status()).with("height", joined.height());
        }
        output.print(facts);
    }
}
