package org.jangbu.msp.ca;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jangbu.model.MspId;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;

/**
 * What the operator says of an authority, in its {@code ca.properties}.
 *
 * @param port on which callers reach it, before any offset; empty if it has none of its own
 * @param unnamed whether it is the one that is meant at its port where no name is said; several authorities may share a port
 * @param administrator the first identity, made when the registry is empty
 * @param affiliations the first affiliations, made with it
 */
public record AuthorityProfile(
        AuthorityName name,
        MspId mspId,
        Optional<Integer> port,
        boolean unnamed,
        AuthoritySettings settings,
        Optional<Administrator> administrator,
        List<Affiliation> affiliations) {
    private static final int HIGHEST_PORT = 65_535;

    public AuthorityProfile {
        affiliations = List.copyOf(affiliations);
        if (port.isPresent() && (port.get() < 1 || port.get() > HIGHEST_PORT)) {
            throw new IllegalArgumentException(port.get() + " is no port");
        }
        if (unnamed && port.isEmpty()) {
            throw new IllegalArgumentException("the default of a port has a port");
        }
    }

    /**
     * The first identity.
     *
     * @param secret of which only what is derived from it is kept
     */
    public record Administrator(EnrollmentId id, DerivedSecret secret) {}

    /** The same with somebody who is registered first. */
    public AuthorityProfile administeredBy(EnrollmentId id, DerivedSecret secret) {
        Optional<Administrator> first = Optional.of(new Administrator(id, secret));
        return new AuthorityProfile(name, mspId, port, unnamed, settings, first, affiliations);
    }

    static AuthorityProfile of(Properties properties) {
        Optional<String> id = value(properties, "administrator.id");
        Optional<String> secret = value(properties, "administrator.secret");
        if (id.isPresent() != secret.isPresent()) {
            throw new IllegalArgumentException("an administrator has an id and a derived secret");
        }
        return new AuthorityProfile(
                new AuthorityName(required(properties, "name")),
                new MspId(required(properties, "mspId")),
                value(properties, "port").map(Integer::valueOf),
                flag(properties, "port.default"),
                new AuthoritySettings(
                        value(properties, "maxEnrollments")
                                .map(Integer::valueOf)
                                .orElse(-1),
                        flag(properties, "removalAllowed"),
                        value(properties, "signIn").map(Boolean::valueOf).orElse(true)),
                id.map(text -> new Administrator(new EnrollmentId(text), DerivedSecret.parse(secret.orElseThrow()))),
                Texts.list(properties.getProperty("affiliations", "")).stream()
                        .map(Affiliation::new)
                        .toList());
    }

    private static boolean flag(Properties properties, String key) {
        return value(properties, key).map(Boolean::valueOf).orElse(false);
    }

    private static Optional<String> value(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static String required(Properties properties, String key) {
        return value(properties, key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    /** The text of the file. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("name=").append(name).append('\n');
        text.append("mspId=").append(mspId).append('\n');
        port.ifPresent(number -> text.append("port=").append(number).append('\n'));
        if (unnamed) {
            text.append("port.default=true\n");
        }
        text.append("maxEnrollments=").append(settings.maxEnrollments()).append('\n');
        text.append("removalAllowed=").append(settings.removalAllowed()).append('\n');
        text.append("signIn=").append(settings.signIn()).append('\n');
        administrator.ifPresent(first -> text.append("administrator.id=")
                .append(first.id())
                .append("\nadministrator.secret=")
                .append(first.secret().format())
                .append('\n'));
        text.append("affiliations=")
                .append(affiliations.stream().map(Affiliation::value).collect(Collectors.joining(",")))
                .append('\n');
        return text.toString();
    }
}
