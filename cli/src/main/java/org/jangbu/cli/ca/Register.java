package org.jangbu.cli.ca;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.LedgerCommand;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.Secrets;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.msp.crypto.OwnerOnly;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Registers somebody. */
@Command(
        name = "register",
        description =
                "Register an identity, in the name of the one in your MSP folder. Its secret goes to a file that only"
                        + " you can read, never to the screen.",
        footer = {
            "",
            "Example:",
            "  jangbu ca register -u https://localhost:7054 --tls.certfiles tlsca.pem -M registrar/msp --id.name alice"
                    + " --id.type client --secret-out alice.secret"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Register extends LedgerCommand {
    @Mixin
    private CaOptions options;

    @Option(names = "--id.name", paramLabel = "ID", required = true, description = "Who")
    private String id;

    @Option(
            names = "--id.type",
            paramLabel = "TYPE",
            defaultValue = "client",
            description = "client, peer, orderer, admin. Default: ${DEFAULT-VALUE}")
    private String type;

    @Option(names = "--id.affiliation", paramLabel = "NAME", description = "Where the identity belongs")
    private @Nullable String affiliation;

    @Option(
            names = "--id.attrs",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "Attributes; NAME=VALUE:ecert puts one into certificates")
    private List<String> attributes = new ArrayList<>();

    @Option(
            names = "--id.maxenrollments",
            paramLabel = "NUMBER",
            description = "How often it may enrol; -1 is without limit")
    private @Nullable Integer enrollments;

    @ArgGroup(multiplicity = "1")
    private Secret secret;

    /** Brought along or made by the authority. */
    static final class Secret {
        @Option(
                names = "--id.secret-file",
                paramLabel = "FILE",
                description = "Whose first line is the secret that the identity gets")
        private @Nullable Path given;

        @Option(
                names = "--secret-out",
                paramLabel = "FILE",
                description = "Where to write the secret that the authority makes; not there yet")
        private @Nullable Path made;
    }

    @Override
    protected void execute() {
        if (secret.made != null && Files.exists(secret.made)) {
            throw CommandFailure.of(ExitCode.UNUSABLE, secret.made + " is there already");
        }
        Map<String, JsonValue> members = options.members();
        members.put("id", new JsonText(id));
        members.put("type", new JsonText(type));
        if (affiliation != null) {
            members.put("affiliation", new JsonText(affiliation));
        }
        if (enrollments != null) {
            members.put("max_enrollments", new JsonNumber(enrollments.toString()));
        }
        members.put(
                "attrs",
                new JsonArray(attributes.stream().map(Register::attribute).toList()));
        if (secret.given != null) {
            members.put("secret", new JsonText(Secrets.fromFile(secret.given)));
        }
        String made = RestAnswer.required(
                new CaCaller(options.rest()).withKey("register", members, CaCaller.identity(options)), "secret");
        Output.Facts facts = new Output.Facts().with("id", id);
        if (secret.made != null) {
            write(secret.made, made);
            facts.with("secretFile", secret.made.toString());
        }
        output.print(facts);
    }

    private static void write(Path file, String secret) {
        try {
            OwnerOnly.write(
                    file,
                    ByteString.copyFrom(secret + "\n", StandardCharsets.UTF_8).toByteArray());
        } catch (IOException e) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE,
                    "registered, but the secret cannot be written: " + e.getMessage()
                            + "; give the identity another one",
                    e);
        }
    }

    private static JsonValue attribute(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw CommandFailure.of(ExitCode.USAGE, "an attribute is NAME=VALUE, not " + text);
        }
        boolean certified = text.endsWith(":ecert");
        String value = text.substring(equals + 1, certified ? text.length() - ":ecert".length() : text.length());
        return new Output.Facts()
                .with("name", text.substring(0, equals))
                .with("value", value)
                .with("ecert", certified)
                .json();
    }
}
