package org.jangbu.msp.cryptogen;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jangbu.msp.ca.AuthorityFolder;
import org.jangbu.msp.ca.AuthorityRequest;
import org.jangbu.msp.ca.RootAuthority;
import org.jangbu.msp.crypto.Pem;

/** The command line that makes the folder of a certificate authority: a root, or an intermediate one whose certificate another authority signs. */
public final class AuthorityInit {
    private static final String KEY_SECRET = "JANGBU_IDENTITIES_SECRET";
    private static final Set<String> NAMES = Set.of(
            "folder", "msp-id", "common-name", "curve", "port", "administrator", "affiliations", "max-enrollments");
    private static final Set<String> FLAGS = Set.of("port-default", "removal-allowed");

    private static final String USAGE = """
            usage: AuthorityInit root     --folder=FOLDER --msp-id=ID [PROFILE]
                   AuthorityInit request  --folder=FOLDER --msp-id=ID [PROFILE]
                   AuthorityInit complete --folder=FOLDER --chain=FILE

            FOLDER, jangbu.home/ca/NAME, becomes the folder of the authority NAME and must not be there yet.
            root makes it at once. request makes a key, and a request that the authority above is to sign; complete
            makes the authority of it and of what came back: its certificate first, the root last.

            PROFILE: --common-name=TEXT      NAME if not given; for an authority above that registers it: its id there
                     --curve=P256|P384       P256
                     --port=PORT             of its own; --port-default if several share it and this is the usual one
                     --administrator=ID      admin
                     --affiliations=A.B,C    none
                     --max-enrollments=N     -1: as often as one likes
                     --removal-allowed       identities can be removed, not only revoked

            Secrets are taken from the environment or asked for: JANGBU_IDENTITIES_SECRET, under which the server keeps
            keys encrypted, and JANGBU_CA_ADMINISTRATOR_SECRET, with which the administrator enrols.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final Secrets secrets;
    private final Clock clock;

    AuthorityInit(PrintStream out, PrintStream err, Secrets secrets, Clock clock) {
        this.out = out;
        this.err = err;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Status 0 if all went well, 1 if not, 2 if the arguments are wrong. */
    public static void main(String[] arguments) {
        System.exit(new AuthorityInit(System.out, System.err, Secrets.ofThisProcess(), Clock.systemUTC())
                .run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        Optional<Options> options = command.equals("complete")
                ? Options.parse(rest, Set.of("folder", "chain"), Set.of()).filter(given -> given.has("chain"))
                : Options.parse(rest, NAMES, FLAGS).filter(given -> given.has("msp-id"));
        if (!Set.of("root", "request", "complete").contains(command)
                || options.filter(given -> given.has("folder")).isEmpty()) {
            err.print(USAGE);
            return Cryptogen.USAGE_STATUS;
        }
        return tried(command, options.get());
    }

    private int tried(String command, Options options) {
        try {
            Path folder = Path.of(options.get("folder", "")).toAbsolutePath().normalize();
            out.println(
                    switch (command) {
                        case "root" -> root(folder, options);
                        case "request" -> request(folder, options);
                        default -> complete(folder, Path.of(options.get("chain", "")));
                    });
            return Cryptogen.OK;
        } catch (FileAlreadyExistsException e) {
            err.println(e.getMessage() + " is there already; keys are never overwritten");
        } catch (NoSuchFileException e) {
            err.println(e.getMessage() + " is not there");
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        return Cryptogen.FAILED;
    }

    private Path root(Path folder, Options options) throws IOException, GeneralSecurityException {
        NewProfile profile = new NewProfile(folder, options);
        String secret = keySecret();
        new AuthorityFolder(folder)
                .write(
                        profile.read(secrets),
                        RootAuthority.create(profile.commonName(), profile.curve(), clock),
                        secret);
        return folder;
    }

    private Path request(Path folder, Options options) throws IOException {
        NewProfile profile = new NewProfile(folder, options);
        String secret = keySecret();
        return new AuthorityRequest(folder).write(profile.read(secrets), profile.commonName(), profile.curve(), secret);
    }

    private Path complete(Path folder, Path chain) throws IOException {
        if (Files.size(chain) > Pem.MAX_LENGTH) {
            throw new IOException(chain + " is longer than " + Pem.MAX_LENGTH + " bytes");
        }
        new AuthorityRequest(folder).complete(Files.readAllBytes(chain), keySecret());
        return folder;
    }

    private String keySecret() throws IOException {
        return secrets.read(KEY_SECRET, "Secret under which the server keeps keys");
    }
}
