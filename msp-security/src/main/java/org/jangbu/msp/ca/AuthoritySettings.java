package org.jangbu.msp.ca;

/**
 * How strict an authority is.
 *
 * @param maxEnrollments how often a secret may be used at most; -1 without limit
 * @param removalAllowed whether identities and affiliations may be removed, not only revoked
 * @param signIn whether its ids and secrets may open the faces of this server
 */
public record AuthoritySettings(int maxEnrollments, boolean removalAllowed, boolean signIn) {
    /** As Fabric CA comes. */
    public static final AuthoritySettings USUAL = new AuthoritySettings(-1, false);

    /** One whose ids and secrets may open the faces. */
    public AuthoritySettings(int maxEnrollments, boolean removalAllowed) {
        this(maxEnrollments, removalAllowed, true);
    }

    public AuthoritySettings {
        if (maxEnrollments < -1 || maxEnrollments == 0) {
            throw new IllegalArgumentException("the most enrolments are -1 or a positive number");
        }
    }
}
