package org.jangbu.msp.cryptogen;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The command line of cryptogen: {@code generate} and {@code showtemplate}, as Fabric's tool has them. */
public final class Cryptogen {
    /** All went well. */
    static final int OK = 0;
    /** It was understood and could not be done. */
    static final int FAILED = 1;
    /** It was not understood. */
    static final int USAGE_STATUS = 2;

    private static final String USAGE = """
            usage: Cryptogen generate [--config=FILE] [--output=FOLDER]
                   Cryptogen showtemplate

            generate makes certificates and keys of all organisations that FILE describes; without FILE, of
            those that showtemplate prints. FOLDER, crypto-config if not given, must not be there yet.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    Cryptogen(PrintStream out, PrintStream err, Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /** Status 0 if all went well, 1 if not, 2 if the arguments are wrong. */
    public static void main(String[] arguments) {
        System.exit(new Cryptogen(System.out, System.err, Clock.systemUTC()).run(List.of(arguments)));
    }

    /** Runs it within another program, and gives the status. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return new Cryptogen(out, err, Clock.systemUTC()).run(arguments);
    }

    int run(List<String> arguments) {
        if (arguments.equals(List.of("showtemplate"))) {
            out.print(template());
            return OK;
        }
        Optional<Options> options = arguments.isEmpty() || !arguments.get(0).equals("generate")
                ? Optional.empty()
                : Options.parse(arguments.subList(1, arguments.size()), Set.of("config", "output"), Set.of());
        if (options.isEmpty()) {
            err.print(USAGE);
            return USAGE_STATUS;
        }
        return generate(options.get());
    }

    private int generate(Options options) {
        Path output = Path.of(options.get("output", "crypto-config"));
        String config = options.get("config", "");
        try {
            List<OrganizationSpec> organizations =
                    config.isEmpty() ? CryptoConfig.parse(template()) : CryptoConfig.read(Path.of(config));
            NetworkMaterial.generate(output, organizations, clock);
            organizations.forEach(organization -> out.println(organization.domain()));
            return OK;
        } catch (CryptoConfigException e) {
            err.println((config.isEmpty() ? "template" : config) + ": " + e.getMessage());
        } catch (FileAlreadyExistsException e) {
            err.println(e.getMessage() + " is there already; keys are never overwritten");
        } catch (NoSuchFileException e) {
            err.println(e.getMessage() + " is not there");
        } catch (IOException e) {
            err.println(e.getMessage());
        }
        return FAILED;
    }

    private static String template() {
        try (InputStream in = Cryptogen.class.getResourceAsStream("template.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the template is missing in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the template cannot be read", e);
        }
    }
}
