package org.jangbu.cli.ledger;

import org.jangbu.cli.channel.GetInfo;
import picocli.CommandLine.Command;

/** Questions about a ledger. */
@Command(
        name = "ledger",
        description = "Ask about a channel's blocks and transactions, as qscc answers.",
        subcommands = {LedgerQueries.Info.class, ShowBlock.class, ShowTransaction.class})
public final class LedgerQueries {
    /** The height. */
    @Command(
            name = "info",
            description = "Tell a channel's height and the hashes of its newest block.",
            footer = {"", "Example:", "  jangbu ledger info -C channel1"})
    static final class Info extends GetInfo {}
}
