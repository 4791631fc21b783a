package org.jangbu.quickstart.network;

/**
 * A user whom the trial's server keeps a key for. The passwords are in the open: they belong to a network that listens on this machine only and holds nothing
 * of value. No other installation has a password by default.
 *
 * @param name as in Fabric's test network, with the organisation's domain
 */
public record TrialUser(String name, String password) {
    public static final TrialUser USER_OF_ORG1 = new TrialUser("User1@org1.example.com", "user1pw");
    public static final TrialUser ADMIN_OF_ORG1 = new TrialUser("Admin@org1.example.com", "adminpw");
    public static final TrialUser USER_OF_ORG2 = new TrialUser("User1@org2.example.com", "user1pw");
    public static final TrialUser ADMIN_OF_ORG2 = new TrialUser("Admin@org2.example.com", "adminpw");
}
