package org.jangbu.cli.ca;

import picocli.CommandLine.Command;

/** All about certificate authorities. */
@Command(
        name = "ca",
        description = "Enrol, register and revoke at a certificate authority, as fabric-ca-client.",
        subcommands = {GetCaInfo.class, Enroll.class, Reenroll.class, Register.class, Revoke.class, GenCrl.class})
public final class CaCommand {}
