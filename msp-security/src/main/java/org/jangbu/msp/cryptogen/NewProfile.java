package org.jangbu.msp.cryptogen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jangbu.model.MspId;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.ca.AuthorityProfile;
import org.jangbu.msp.ca.AuthoritySettings;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;

/** What the options of {@link AuthorityInit} say of the authority to be. */
final class NewProfile {
    private static final String ADMINISTRATOR_SECRET = "JANGBU_CA_ADMINISTRATOR_SECRET";
    private static final int LONGEST_NAME = 64;

    private final AuthorityName name;
    private final Options options;

    /** @throws IllegalArgumentException if an authority cannot have the folder's name */
    NewProfile(Path folder, Options options) {
        this.name = new AuthorityName(String.valueOf(folder.getFileName()));
        this.options = options;
    }

    /** The administrator's secret is read last, when all else is well. */
    AuthorityProfile read(Secrets secrets) throws IOException {
        Optional<Integer> port = options.find("port").map(Integer::valueOf);
        MspId mspId = new MspId(options.get("msp-id", ""));
        AuthoritySettings settings = new AuthoritySettings(
                Integer.parseInt(options.get("max-enrollments", "-1")), options.has("removal-allowed"));
        List<Affiliation> affiliations = options.find("affiliations").stream()
                .flatMap(all -> Stream.of(all.split(",", -1)))
                .map(Affiliation::new)
                .toList();
        EnrollmentId administrator = new EnrollmentId(options.get("administrator", "admin"));
        AuthorityProfile nobodys = new AuthorityProfile(
                name, mspId, port, options.has("port-default"), settings, Optional.empty(), affiliations);
        String secret = secrets.read(ADMINISTRATOR_SECRET, "Secret of the administrator " + administrator);
        return nobodys.administeredBy(administrator, DerivedSecret.of(secret));
    }

    /** @throws IllegalArgumentException if no certificate can have that name */
    String commonName() {
        String commonName = options.get("common-name", name.value());
        if (commonName.isBlank()
                || commonName.length() > LONGEST_NAME
                || commonName.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a common name has 1 to " + LONGEST_NAME + " characters");
        }
        return commonName;
    }

    Curve curve() {
        return Curve.valueOf(options.get("curve", "P256"));
    }
}
