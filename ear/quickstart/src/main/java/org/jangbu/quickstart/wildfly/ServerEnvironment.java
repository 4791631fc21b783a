package org.jangbu.quickstart.wildfly;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment variables that the server's configuration names; docs/operating/environment.md lists them. Secrets reach the server in this way only: its
 * configuration files hold none.
 */
public final class ServerEnvironment {
    /** The accounts of the broker; each has the role of its name. */
    private static final List<String> BROKER_ACCOUNTS = List.of("orderer", "broadcaster", "committer");

    private final Map<String, String> variables = new HashMap<>();

    /** The names of the broker's accounts. */
    public static List<String> brokerAccounts() {
        return BROKER_ACCOUNTS;
    }

    public ServerEnvironment serverName(String name) {
        return with("JANGBU_SERVER_NAME", name);
    }

    public ServerEnvironment home(String folder) {
        return with("JANGBU_HOME", folder);
    }

    public ServerEnvironment database(String url, String user, String password) {
        return with("JANGBU_DB_URL", url).with("JANGBU_DB_USER", user).with("JANGBU_DB_PASSWORD", password);
    }

    public ServerEnvironment tls(String keyStore, String password) {
        return with("JANGBU_TLS_KEYSTORE", keyStore).with("JANGBU_TLS_PASSWORD", password);
    }

    public ServerEnvironment brokerPassword(String account, String password) {
        return with(brokerPasswordVariable(account), password);
    }

    public ServerEnvironment identitiesSecret(String secret) {
        return with("JANGBU_IDENTITIES_SECRET", secret);
    }

    /** Sets any variable, for example a limit. */
    public ServerEnvironment with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    String require(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set");
        }
        return value;
    }

    /** The password of one of the broker's accounts. */
    public String brokerPasswordOf(String account) {
        return require(brokerPasswordVariable(account));
    }

    private static String brokerPasswordVariable(String account) {
        return "JANGBU_JMS_" + account.toUpperCase(Locale.ROOT) + "_PASSWORD";
    }
}
