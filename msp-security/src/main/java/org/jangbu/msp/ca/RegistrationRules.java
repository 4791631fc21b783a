package org.jangbu.msp.ca;

import java.util.List;
import org.jangbu.model.Quoted;
import org.jangbu.msp.realm.EnrollmentId;

/** What may be said of an identity, whoever says it: each method gives back what it was given, or refuses it. */
final class RegistrationRules {
    private static final int LONGEST_ID = 64;

    private final AuthoritySettings settings;

    RegistrationRules(AuthoritySettings settings) {
        this.settings = settings;
    }

    static List<Attribute> checked(List<Attribute> attributes) throws CaException {
        if (attributes.size() > Attributes.MOST
                || attributes.stream().map(Attribute::name).distinct().count() != attributes.size()) {
            throw CaException.of(
                    400, CaError.BAD_BODY, "an identity has at most " + Attributes.MOST + " attributes, each once");
        }
        return attributes;
    }

    static void requireNodeUnit(IdentityType type, Attributes attributes) throws CaException {
        if (NodeUnit.refusal(type, attributes).isPresent()) {
            throw CaException.of(
                    400,
                    CaError.BAD_BODY,
                    Attributes.NODE + ": " + NodeUnit.refusal(type, attributes).get());
        }
        if (attributes.all().size() > Attributes.MOST) {
            throw CaException.of(400, CaError.BAD_BODY, "an identity has at most " + Attributes.MOST + " attributes");
        }
    }

    int maxEnrollments(int asked) throws CaException {
        int most = settings.maxEnrollments();
        if (asked < -1 || (most > 0 && (asked == -1 || asked > most))) {
            throw CaException.of(
                    400,
                    CaError.MAX_ENROLLMENTS,
                    "Requested enrollments " + asked + " are not within the maximum of the CA, " + most);
        }
        return asked == 0 ? most : asked;
    }

    static Affiliation affiliation(RegistryTables tables, String asked, CaError error) throws CaException {
        Affiliation affiliation = asked.equals(".")
                ? Affiliation.ROOT
                : Affiliation.parse(asked)
                        .orElseThrow(() -> CaException.of(400, error, "Not an affiliation: " + Quoted.brief(asked)));
        if (!affiliation.isRoot() && !tables.has(affiliation)) {
            throw CaException.of(400, error, "Affiliation '" + affiliation + "' is not supported");
        }
        return affiliation;
    }

    static EnrollmentId id(String text) throws CaException {
        if (!EnrollmentId.isValid(text) || text.length() > LONGEST_ID) {
            throw CaException.of(
                    400,
                    CaError.ADD_IDENTITY,
                    "An id has 1 to 64 letters, digits and @ . _ -, a letter or digit first");
        }
        return new EnrollmentId(text);
    }

    static IdentityType type(String text) throws CaException {
        return IdentityType.parse(text)
                .orElseThrow(() -> CaException.of(400, CaError.BAD_BODY, "Not a type: " + Quoted.brief(text)));
    }

    static String checkedSecret(String secret) throws CaException {
        if (secret.length() > SecretCheck.LONGEST) {
            throw CaException.of(400, CaError.BAD_BODY, "A secret has at most " + SecretCheck.LONGEST + " characters");
        }
        return secret;
    }
}
