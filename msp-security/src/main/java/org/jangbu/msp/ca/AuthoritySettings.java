package org.jangbu.msp.ca;

/**
 * How strict an authority is.
 *
 * @param maxEnrollments how often a secret may be used at most; -1 without limit
 * @param removalAllowed whether identities and affiliations may be removed, not only revoked
 */
public record AuthoritySettings(int maxEnrollments, boolean removalAllowed) {
    /** As Fabric CA comes. */
    public static final AuthoritySettings USUAL = new AuthoritySettings(-1, false);

    public AuthoritySettings {
        if (maxEnrollments < -1 || maxEnrollments == 0) {
            throw new IllegalArgumentException("the most enrolments are -1 or a positive number");
        }
    }
}
