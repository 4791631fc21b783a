package org.jangbu.cli.ca;

import java.util.List;
import java.util.Map;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.LedgerCommand;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Revokes an identity or one certificate. */
@Command(
        name = "revoke",
        description = "Revoke an identity with all its certificates, or one certificate.",
        footer = {
            "",
            "Example:",
            "  jangbu ca revoke -u https://localhost:7054 --tls.certfiles tlsca.pem -M registrar/msp -e alice"
                    + " -r keycompromise --gencrl"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Revoke extends LedgerCommand {
    @Mixin
    private CaOptions options;

    @Option(
            names = {"-e", "--revoke.name"},
            paramLabel = "ID",
            description = "Whom")
    private @Nullable String id;

    @Option(
            names = {"-s", "--revoke.serial"},
            paramLabel = "HEX",
            description = "Which certificate; with --revoke.aki")
    private @Nullable String serial;

    @Option(
            names = {"-a", "--revoke.aki"},
            paramLabel = "HEX",
            description = "The key of the authority that issued it")
    private @Nullable String authorityKey;

    @Option(
            names = {"-r", "--revoke.reason"},
            paramLabel = "REASON",
            description = "Why, in the words of RFC 5280, such as keycompromise")
    private @Nullable String reason;

    @Option(names = "--gencrl", description = "Write the new revocation list into the MSP folder")
    private boolean list;

    @Override
    protected void execute() {
        if (id == null && (serial == null || authorityKey == null)) {
            throw CommandFailure.of(ExitCode.USAGE, "whom? --revoke.name, or --revoke.serial with --revoke.aki");
        }
        Map<String, JsonValue> members = options.members();
        put(members, "id", id);
        put(members, "serial", serial);
        put(members, "aki", authorityKey);
        put(members, "reason", reason);
        members.put("gencrl", new JsonTruth(list));
        JsonObject result = new CaCaller(options.rest()).withKey("revoke", members, CaCaller.identity(options));
        List<JsonValue> revoked = RestAnswer.objects(result, "RevokedCerts").stream()
                .map(one -> (JsonValue) new Output.Facts()
                        .with("serial", RestAnswer.required(one, "Serial"))
                        .with("aki", RestAnswer.required(one, "AKI"))
                        .json())
                .toList();
        Output.Facts facts = new Output.Facts().with("revoked", new JsonArray(revoked));
        if (list) {
            facts.with(
                    "list",
                    new EnrolledFolder(options.mspDir())
                            .revocations(RestAnswer.base64(result, "CRL").toByteArray(), options.fileName())
                            .toString());
        }
        output.print(facts);
    }

    private static void put(Map<String, JsonValue> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, new JsonText(value));
        }
    }
}
