package org.jangbu.cli.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.model.MspId;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.client.UpdateSigning;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jangbu.msp.membership.LocalMsp;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server is and who calls it. Each option has an environment variable, and a line in the file of the connection. */
public final class Connection {
    private static final int PATIENCE = 60;
    /** What servers allow unless told otherwise. */
    static final Duration MOST_COMMIT_WAIT = Duration.ofSeconds(30);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server, such as https://localhost:8443. Variable: JANGBU_SERVER")
    private @Nullable String server;

    @Option(
            names = {"--tls-ca", "--cafile", "--ca-file"},
            paramLabel = "FILE",
            description =
                    "PEM of the authorities that the server's certificate is checked with. Variable: JANGBU_TLS_CA")
    private @Nullable Path tlsCa;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "A managed identity, for which the server signs. Variable: JANGBU_USER")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "Whose first line is the password; else JANGBU_PASSWORD, else you are asked. Variable: JANGBU_PASSWORD_FILE")
    private @Nullable Path passwordFile;

    @Option(
            names = "--msp-dir",
            paramLabel = "FOLDER",
            description = "Your own MSP folder: its key signs, the server never sees it. Variable: JANGBU_MSP_DIR")
    private @Nullable Path mspDir;

    @Option(
            names = "--msp-id",
            paramLabel = "ID",
            description = "The MSP of that folder, such as Org1MSP. Variable: JANGBU_MSP_ID")
    private @Nullable String mspId;

    @Option(
            names = "--peer",
            paramLabel = "NAME",
            description = "The peer that is meant, where one is. Variable: JANGBU_PEER")
    private @Nullable String peer;

    @Option(
            names = "--connection",
            paramLabel = "FILE",
            description =
                    "YAML with server, tlsCa, user, passwordFile, mspDir, mspId, peer, timeout. Variable: JANGBU_CONNECTION")
    private @Nullable Path connection;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for an answer, 60 unless told. Variable: JANGBU_TIMEOUT")
    private @Nullable Integer timeout;

    @Option(
            names = "--allow-plain-http",
            description = "Send a password without TLS to another machine too. Variable: JANGBU_ALLOW_PLAIN_HTTP=true")
    private boolean allowPlainHttp;

    private @Nullable Settings settings;
    private @Nullable RestServer rest;
    private @Nullable KeySigningIdentity own;

    private Settings settings() {
        Settings present = settings;
        if (present == null) {
            present = new Settings(Connection::variable, Optional.ofNullable(connection));
            settings = present;
        }
        return present;
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }

    /** The caller's own key, where he has named one. */
    public Optional<KeySigningIdentity> ownKey() {
        Optional<Path> folder = settings().path(Optional.ofNullable(mspDir), "JANGBU_MSP_DIR", "mspDir");
        // A user that is named on the command line is meant, whatever stands in the environment.
        if (folder.isEmpty() || (user != null && mspDir == null)) {
            return Optional.empty();
        }
        KeySigningIdentity present = own;
        if (present == null) {
            present = identity(folder.get());
            own = present;
        }
        return Optional.of(present);
    }

    private KeySigningIdentity identity(Path folder) {
        String id = settings()
                .text(Optional.ofNullable(mspId), "JANGBU_MSP_ID", "mspId")
                .orElseThrow(() -> CommandFailure.of(ExitCode.USAGE, "an MSP folder needs its MSP's id: --msp-id"));
        return identity(folder, id);
    }

    /** The identity of an MSP folder. */
    public static KeySigningIdentity identity(Path folder, String mspId) {
        try {
            return LocalMsp.signer(folder, new MspId(mspId));
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, "the MSP folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The server, with the caller's credentials. */
    public RestServer rest() {
        RestServer present = rest;
        if (present == null) {
            URI base = base();
            Optional<KeySigningIdentity> identity = ownKey();
            present = new RestServer(
                    base,
                    Trust.context(settings().path(Optional.ofNullable(tlsCa), "JANGBU_TLS_CA", "tlsCa"), identity),
                    patience(),
                    authorization(base, identity.isPresent()));
            rest = present;
        }
        return present;
    }

    /** How long to wait for an answer, or for what an order leads to. */
    public Duration patience() {
        return settings().seconds(Optional.ofNullable(timeout), "JANGBU_TIMEOUT", "timeout", PATIENCE);
    }

    /** How long the server may wait for a commit: no longer than its answer may take, nor than it allows. */
    public Duration commitWait() {
        Duration patience = patience();
        return patience.compareTo(MOST_COMMIT_WAIT) > 0 ? MOST_COMMIT_WAIT : patience;
    }

    private URI base() {
        String text = settings()
                .text(Optional.ofNullable(server), "JANGBU_SERVER", "server")
                .orElseThrow(() -> CommandFailure.of(ExitCode.USAGE, "which server? --server or JANGBU_SERVER"));
        try {
            URI uri = URI.create(text.endsWith("/") ? text : text + "/");
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null
                    || uri.getUserInfo() != null
                    || !Set.of("http", "https").contains(scheme)) {
                throw new IllegalArgumentException("it must be http://host:port or https://host:port");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.USAGE, "no server's address: " + e.getMessage(), e);
        }
    }

    private Optional<String> authorization(URI base, boolean ownKey) {
        Optional<String> name = settings().text(Optional.ofNullable(user), "JANGBU_USER", "user");
        if (name.isEmpty() && !ownKey) {
            throw CommandFailure.of(ExitCode.USAGE, "who calls? --msp-dir with --msp-id, or --user");
        }
        if (name.isEmpty() || (ownKey && base.getScheme().equals("https") && user == null)) {
            return Optional.empty();
        }
        boolean plain = base.getScheme().equals("http") && !LOOPBACK.contains(base.getHost());
        if (plain && !allowPlainHttp && !variable("JANGBU_ALLOW_PLAIN_HTTP").equals(Optional.of("true"))) {
            throw CommandFailure.of(
                    ExitCode.USAGE, "a password would go to " + base.getHost() + " in the clear; use https");
        }
        String password = Secrets.read(
                settings().path(Optional.ofNullable(passwordFile), "JANGBU_PASSWORD_FILE", "passwordFile"),
                variable("JANGBU_PASSWORD"),
                "password of " + name.get());
        byte[] credentials = (name.get() + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    /** The peer that was named. */
    public Optional<String> peerName() {
        return settings().text(Optional.ofNullable(peer), "JANGBU_PEER", "peer");
    }

    /** The peer that was named; there must be one. */
    public String requiredPeer() {
        return peerName().orElseThrow(() -> CommandFailure.of(ExitCode.USAGE, "which peer? --peer or JANGBU_PEER"));
    }

    /** Calls chaincodes in the way that the caller's credentials allow. */
    public LedgerClient ledger() {
        Optional<KeySigningIdentity> identity = ownKey();
        return identity.isPresent()
                ? new OwnKeyClient(
                        rest(), identity.get(), new Proposals(Clock.systemUTC(), new SecureRandom()), peerName())
                : new ManagedClient(rest());
    }

    /** Signs updates of configurations with the caller's own key. */
    public UpdateSigning updates() {
        return new UpdateSigning(Clock.systemUTC(), new SecureRandom());
    }
}
