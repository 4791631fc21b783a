package org.jangbu.cli.ca;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.server.RestServer;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the authority is and where the caller's MSP folder is. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CaOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            required = true,
            defaultValue = "${env:JANGBU_CA_URL}",
            description = "The authority: https://host:7054, or https://id@host:7054. Variable: JANGBU_CA_URL")
    private String url;

    @Option(names = "--caname", paramLabel = "NAME", description = "Which authority, where several listen there")
    private @Nullable String authority;

    @Option(
            names = {"--tls.certfiles", "--tls-ca"},
            paramLabel = "FILE",
            defaultValue = "${env:JANGBU_CA_TLS}",
            description = "PEM that the authority's TLS certificate is checked with. Variable: JANGBU_CA_TLS")
    private @Nullable Path roots;

    @Option(
            names = {"-M", "--mspdir"},
            paramLabel = "FOLDER",
            defaultValue = "msp",
            description = "Your MSP folder. Default: ${DEFAULT-VALUE}")
    private Path mspDir;

    Path mspDir() {
        return mspDir;
    }

    Optional<String> authority() {
        return Optional.ofNullable(authority);
    }

    /** The id before the host. */
    Optional<String> id() {
        return Optional.ofNullable(uri().getUserInfo());
    }

    RestServer rest() {
        URI uri = uri();
        return RestServer.anonymous(
                URI.create(
                        uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + "/"),
                Optional.ofNullable(roots),
                PATIENCE);
    }

    /** A name for files about this authority. */
    String fileName() {
        URI uri = uri();
        String place = uri.getHost() + "-" + uri.getPort()
                + authority().map(name -> "-" + name).orElse("");
        return place.replaceAll("[^A-Za-z0-9-]", "-");
    }

    private URI uri() {
        try {
            URI uri = URI.create(url);
            String user = Optional.ofNullable(uri.getUserInfo()).orElse("");
            if (user.contains(":")) {
                throw CommandFailure.of(
                        ExitCode.USAGE,
                        "a secret on the command line can be seen by others: use --secret-file or JANGBU_CA_SECRET");
            }
            if (uri.getHost() == null || !Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                throw new IllegalArgumentException("https://host:port");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.USAGE, "no authority's address; it looks like https://host:7054", e);
        }
    }

    /** A request's members, with the authority's name where one is given. */
    Map<String, JsonValue> members() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        authority().ifPresent(name -> members.put("caname", new JsonText(name)));
        return members;
    }
}
