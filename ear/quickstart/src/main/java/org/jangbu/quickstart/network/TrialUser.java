package org.jangbu.quickstart.network;

import java.util.List;

/**
 * A user whom the trial's server keeps a key for.
 *
 * @param name as in Fabric's test network, with the organisation's domain
 */
public record TrialUser(String name, String password) {
    private static final List<String> ORGANIZATIONS = List.of("org1.example.com", "org2.example.com");

    /** A user of each organisation. */
    public static List<TrialUser> users(String password) {
        return named("User1", password);
    }

    /** An administrator of each organisation. */
    public static List<TrialUser> administrators(String password) {
        return named("Admin", password);
    }

    /** The administrator of the organisation that orders. */
    public static TrialUser ordererAdministrator(String password) {
        return new TrialUser("Admin@example.com", password);
    }

    private static List<TrialUser> named(String name, String password) {
        return ORGANIZATIONS.stream()
                .map(domain -> new TrialUser(name + "@" + domain, password))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
