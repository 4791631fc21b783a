package org.jangbu.quickstart.network;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.msp.renewal.HttpsStore;
import org.jangbu.msp.renewal.TlsFiles;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;

/**
 * Makes a trial network for a server that is started by other means (docker/): {@code organizations}, {@code jangbu} and {@code tls.p12} in the given folder.
 * Secrets come from the environment, and there is none by default. What is there already stays.
 */
public final class MakeNetwork {
    private MakeNetwork() {}

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        if (arguments.length != 1) {
            System.err.println("Usage: MakeNetwork FOLDER");
            System.exit(1);
        }
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        try {
            TrialNetwork network =
                    new TrialNetwork(folder, Artifacts.ofThisBuild(), TrialContract.USUAL, bindAddress());
            String adminPassword = required("JANGBU_TRIAL_ADMIN_PASSWORD");
            List<TrialUser> users = Stream.of(
                            TrialUser.users(required("JANGBU_TRIAL_USER_PASSWORD")),
                            TrialUser.administrators(adminPassword),
                            List.of(TrialUser.ordererAdministrator(adminPassword)))
                    .flatMap(List::stream)
                    .toList();
            String tlsPassword = required("JANGBU_TLS_PASSWORD");
            network.make(required("JANGBU_IDENTITIES_SECRET"), users);
            new HttpsStore(folder.resolve("tls.p12"), tlsPassword).write(new TlsFiles(network.tlsFolder(), "").read());
        } catch (QuickStartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        System.out.println("The trial network is in " + folder);
    }

    /** Where nodes listen: as the server itself does. */
    private static String bindAddress() {
        String address = System.getenv("JANGBU_BIND_ADDRESS");
        return address == null || address.isEmpty() ? "127.0.0.1" : address;
    }

    private static String required(String variable) throws QuickStartException {
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
            throw new QuickStartException(variable + " is not set");
        }
        return value;
    }
}
