package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a function. */
@Command(
        name = "query",
        description = "Call a function on one peer and print what it returns; nothing is written.",
        footer = {"", "Example:", "  jangbu chaincode query -C channel1 -n remittance balance B"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class QueryChaincode extends ServerCommand {
    @Mixin
    private CallOptions call;

    @Option(
            names = {"-x", "--hex"},
            description = "Print the result in hexadecimal digits")
    private boolean hex;

    @Override
    protected void execute() {
        ByteString result = connection.ledger().evaluate(call.target(), call.invocation(false));
        String text = hex ? HexFormat.of().formatHex(result.toByteArray()) : Answer.text(result);
        output.print(
                text, new Output.Facts().with("result", Answer.json(result)).json());
    }
}
