package org.jangbu.cli.chaincode;

import org.jangbu.cli.server.LedgerClient.Committed;
import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Calls a function and waits for its commit. */
@Command(
        name = "invoke",
        description = "Call a function, have its writes ordered and wait until they are committed.",
        footer = {
            "",
            "Example:",
            "  jangbu chaincode invoke -C channel1 -n remittance transfer A B 1000",
            "  jangbu chaincode invoke -C channel1 -n remittance -c '{\"Args\":[\"transfer\",\"A\",\"B\",\"1000\"]}'"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InvokeChaincode extends ServerCommand {
    @Mixin
    private CallOptions call;

    @Option(
            names = {"-I", "--isInit"},
            description = "This is the call that initialises the chaincode")
    private boolean init;

    @Override
    protected void execute() {
        output.progress("endorsed, ordered, committed: waiting");
        Committed committed = connection.ledger().submit(call.target(), call.invocation(init), connection.commitWait());
        output.print(Answer.of(committed));
    }
}
