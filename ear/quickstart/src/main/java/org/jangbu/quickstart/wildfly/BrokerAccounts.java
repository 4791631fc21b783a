package org.jangbu.quickstart.wildfly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jangbu.quickstart.machine.OwnerOnly;

/**
 * The two files behind the broker's realm: names with digests, and names with roles. The digest is the realm's own format, MD5 over {@code name:realm:password};
 * it protects nothing that a guess could find, since these passwords are random.
 */
final class BrokerAccounts {
    private static final String REALM = "JangbuMessagingRealm";

    private BrokerAccounts() {}

    static void write(Path configurationFolder, ServerEnvironment environment) throws IOException {
        StringBuilder users = new StringBuilder();
        StringBuilder roles = new StringBuilder();
        for (String account : ServerEnvironment.brokerAccounts()) {
            users.append(account)
                    .append('=')
                    .append(digest(account, environment.brokerPasswordOf(account)))
                    .append('\n');
            roles.append(account).append('=').append(account).append('\n');
        }
        OwnerOnly.write(configurationFolder.resolve("jangbu-messaging-users.properties"), users.toString());
        OwnerOnly.write(configurationFolder.resolve("jangbu-messaging-roles.properties"), roles.toString());
    }

    private static String digest(String account, String password) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5")
                    .digest((account + ":" + REALM + ":" + password).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
