package org.jangbu.cli.ca;

import java.nio.file.Path;
import java.util.Optional;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.LedgerCommand;
import org.jangbu.cli.server.Secrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Enrols with a secret. */
@Command(
        name = "enroll",
        description = "Make a key, have it certified and write an MSP folder. The secret comes from a file, from"
                + " JANGBU_CA_SECRET or from you.",
        footer = {
            "",
            "Example:",
            "  jangbu ca enroll -u https://alice@localhost:7054 --tls.certfiles tlsca.pem --secret-file alice.secret"
                    + " -M alice/msp"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Enroll extends LedgerCommand {
    @Mixin
    private CaOptions options;

    @Mixin
    private CertificateOptions certificate;

    @Option(names = "--secret-file", paramLabel = "FILE", description = "Whose first line is the secret")
    private @Nullable Path secretFile;

    @Override
    protected void execute() {
        String id =
                options.id().orElseThrow(() -> CommandFailure.of(ExitCode.USAGE, "who? --url https://id@host:port"));
        String secret = Secrets.read(
                Optional.ofNullable(secretFile),
                Optional.ofNullable(System.getenv("JANGBU_CA_SECRET")),
                "secret of " + id);
        CaCaller caller = new CaCaller(options.rest());
        output.print(
                Enrolment.of(options, certificate, id, members -> caller.withSecret("enroll", members, id, secret)));
    }
}
