package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a contract runs as a service, and how it is called: what {@code connection.json} of a package of type {@code ccaas} says. Read more strictly than
 * Fabric's peer does: a member that it does not know, or TLS without what TLS needs, is refused rather than passed over.
 *
 * @param dialTimeout how long it may take until the service is connected and registered; Fabric's 3 s where the file is silent
 * @param tls empty for a connection in clear
 */
public record ServiceEndpoint(ServiceAddress address, Duration dialTimeout, Optional<Tls> tls) {
    /** Its name in the package's code. */
    static final String FILE = "connection.json";

    private static final int MAX_BYTES = 256 << 10;
    private static final Duration DEFAULT_DIAL_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration MAX_DIAL_TIMEOUT = Duration.ofMinutes(5);
    private static final Pattern DURATION_PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1));

    /**
     * How TLS is spoken.
     *
     * @param rootCertificates PEM, whom to believe that it is the service
     */
    public record Tls(String rootCertificates, Optional<ClientKey> client) {}

    /** With what the peer shows who it is: PEM, the key unencrypted in PKCS #8. */
    public record ClientKey(String certificate, String key) {
        /** Without the key. */
        @Override
        public String toString() {
            return "ClientKey[certificate=" + certificate + "]";
        }
    }

    /** Reads it from a package of that type. */
    public static ServiceEndpoint of(ChaincodePackage chaincode) throws ChaincodePackageException {
        return of(chaincode.codeFile(FILE, MAX_BYTES));
    }

    /** Reads it from the file of such a package. */
    static ServiceEndpoint in(InputStream file) throws ChaincodePackageException {
        return of(PackageScan.codeFile(file, FILE, MAX_BYTES));
    }

    private static ServiceEndpoint of(Optional<byte[]> json) throws ChaincodePackageException {
        return parse(json.orElseThrow(() -> new ChaincodePackageException(
                "The code of a package of type " + PackageMetadata.SERVICE + " holds " + FILE)));
    }

    /** Reads the file's bytes. */
    public static ServiceEndpoint parse(byte[] json) throws ChaincodePackageException {
        Map<String, Object> members = new HashMap<>(FlatJson.values(FILE, json));
        String address = text(members, "address");
        Duration dialTimeout = dialTimeout(members.remove("dial_timeout"));
        boolean tls = truth(members, "tls_required");
        boolean clientAuth = truth(members, "client_auth_required");
        String key = text(members, "client_key");
        String certificate = text(members, "client_cert");
        String root = text(members, "root_cert");
        if (!members.isEmpty()) {
            throw new ChaincodePackageException(FILE + " has an unknown member: "
                    + members.keySet().iterator().next().replaceAll("[^A-Za-z0-9_.-]", "?"));
        }
        if (clientAuth && !tls) {
            throw new ChaincodePackageException(FILE + ": client_auth_required needs tls_required");
        }
        try {
            return new ServiceEndpoint(
                    ServiceAddress.parse(address),
                    dialTimeout,
                    tls ? Optional.of(tls(root, clientAuth, certificate, key)) : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new ChaincodePackageException(FILE + ": " + e.getMessage(), e);
        }
    }

    private static Tls tls(String root, boolean clientAuth, String certificate, String key)
            throws ChaincodePackageException {
        requirePem("root_cert", root, "CERTIFICATE");
        if (!clientAuth) {
            return new Tls(root, Optional.empty());
        }
        requirePem("client_cert", certificate, "CERTIFICATE");
        requirePem("client_key", key, "PRIVATE KEY");
        return new Tls(root, Optional.of(new ClientKey(certificate, key)));
    }

    // Whether the contents can be used is found out when the peer is about to call; here it is what kind they are.
    private static void requirePem(String member, String text, String kind) throws ChaincodePackageException {
        boolean ascii = US_ASCII.newEncoder().canEncode(text);
        if (!ascii || !text.contains("-----BEGIN " + kind + "-----") || !text.contains("-----END " + kind + "-----")) {
            throw new ChaincodePackageException(FILE + ": " + member + " must hold a PEM block '" + kind + "'");
        }
    }

    private static String text(Map<String, Object> members, String name) throws ChaincodePackageException {
        Object value = members.containsKey(name) ? members.remove(name) : "";
        if (value instanceof String text) {
            return text;
        }
        throw new ChaincodePackageException(FILE + ": " + name + " must be a string");
    }

    private static boolean truth(Map<String, Object> members, String name) throws ChaincodePackageException {
        Object value = members.containsKey(name) ? members.remove(name) : (Object) false;
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new ChaincodePackageException(FILE + ": " + name + " must be true or false");
    }

    /** As in Fabric: text such as {@code 10s} or {@code 1m30s}, or a number of nanoseconds. */
    private static Duration dialTimeout(@Nullable Object value) throws ChaincodePackageException {
        Duration read = DEFAULT_DIAL_TIMEOUT;
        if (value instanceof Long nanos) {
            read = Duration.ofNanos(nanos);
        } else if (value instanceof String text && !text.isEmpty()) {
            read = parts(text);
        } else if (value instanceof Boolean) {
            throw new ChaincodePackageException(FILE + ": dial_timeout must be a duration");
        }
        if (read.isZero() || read.isNegative() || read.compareTo(MAX_DIAL_TIMEOUT) > 0) {
            throw new ChaincodePackageException(FILE + ": dial_timeout must be more than nothing and at most "
                    + MAX_DIAL_TIMEOUT.toMinutes() + "m");
        }
        return read;
    }

    private static Duration parts(String text) throws ChaincodePackageException {
        Duration sum = Duration.ZERO;
        Matcher part = DURATION_PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            sum = sum.plus(
                    UNITS.getOrDefault(part.group(2), Duration.ZERO).multipliedBy(Long.parseLong(part.group(1))));
            end = part.end();
        }
        if (end != text.length()) {
            throw new ChaincodePackageException(FILE + ": dial_timeout is no duration such as 10s");
        }
        return sum;
    }
}
