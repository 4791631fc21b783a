package org.jangbu.cli.ca;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.LedgerCommand;
import org.jangbu.msp.identity.KeySigningIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Enrols anew with the certificate one has. */
@Command(
        name = "reenroll",
        description = "Have another key certified in place of the one in your MSP folder, proved by that one.",
        footer = {
            "",
            "Example:",
            "  jangbu ca reenroll -u https://localhost:7054 --tls.certfiles tlsca.pem -M alice/msp"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Reenroll extends LedgerCommand {
    @Mixin
    private CaOptions options;

    @Mixin
    private CertificateOptions certificate;

    @Override
    protected void execute() {
        KeySigningIdentity identity = CaCaller.identity(options);
        CaCaller caller = new CaCaller(options.rest());
        output.print(Enrolment.of(
                options, certificate, commonName(identity), members -> caller.withKey("reenroll", members, identity)));
    }

    private static String commonName(KeySigningIdentity identity) {
        String subject = identity.certificate().getSubjectX500Principal().getName();
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst()
                            .orElseThrow(() ->
                                    CommandFailure.of(ExitCode.UNUSABLE, "the certificate names nobody: " + subject));
        } catch (InvalidNameException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the certificate's name cannot be read: " + subject, e);
        }
    }
}
