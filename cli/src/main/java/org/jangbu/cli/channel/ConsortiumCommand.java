package org.jangbu.cli.channel;

import picocli.CommandLine.Command;

/** Among whom an orderer lets channels be founded. */
@Command(
        name = "consortium",
        description = "The consortium of an orderer: its members, and how they take in another.",
        subcommands = {ConsortiumInfo.class, AdmitMember.class, UpdateConsortium.class})
public final class ConsortiumCommand {}
