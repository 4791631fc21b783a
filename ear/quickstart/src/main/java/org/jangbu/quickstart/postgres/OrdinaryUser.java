package org.jangbu.quickstart.postgres;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.quickstart.machine.Programs;
import org.jangbu.quickstart.machine.QuickStartException;

/**
 * PostgreSQL refuses to run as root. Where the launcher is root (containers, build machines), its programs run in a user namespace of their own, in which
 * they are nobody in particular while their files stay ours.
 */
final class OrdinaryUser {

    private OrdinaryUser() {}

    /** What to put before a command of PostgreSQL's: nothing for an ordinary user. */
    static List<String> prefix() throws QuickStartException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        List<String> unshare =
                Programs.find("unshare").map(program -> List.of(program, "-U")).orElse(List.of());
        if (unshare.isEmpty() || !Programs.succeeds(with(unshare, "true"))) {
            throw new QuickStartException(
                    "PostgreSQL refuses to run as root, and this system does not let root step down (unshare -U). Run the quick"
                            + " start as an ordinary user, or give an external database: JANGBU_DB_URL, JANGBU_DB_USER, JANGBU_DB_PASSWORD.");
        }
        return unshare;
    }

    static List<String> with(List<String> prefix, String... command) {
        return Stream.concat(prefix.stream(), Arrays.stream(command)).toList();
    }
}
