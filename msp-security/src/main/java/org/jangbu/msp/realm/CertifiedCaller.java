package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.MspId;
import org.jangbu.model.Quoted;
import org.jangbu.msp.identity.Identity;

/**
 * A member of an organisation who has proved to hold the key of a certificate. The server has no key of theirs: it can tell who reads, it
 * cannot sign for them. Only {@link Doorkeeper} makes one.
 */
public final class CertifiedCaller {
    private final MspId mspId;
    private final String name;
    private final Set<MSPRoleType> roles;
    private final ByteString serialized;

    CertifiedCaller(Identity identity, Set<MSPRoleType> roles) {
        this.mspId = identity.mspId();
        this.name = mspId + ":" + Quoted.brief(commonName(identity.certificate()));
        this.roles = Set.copyOf(roles);
        this.serialized = identity.serialized();
    }

    /** MSP and common name. The colon keeps it apart from every enrolment id: an authority may write any common name it likes. */
    public String name() {
        return name;
    }

    public MspId mspId() {
        return mspId;
    }

    /** The roles its MSP gives it. */
    public Set<MSPRoleType> roles() {
        return roles;
    }

    /** Its {@code SerializedIdentity}. */
    public ByteString serialized() {
        return serialized;
    }

    /** The groups of Jakarta Security, as {@link Caller#groups} has them. */
    public Set<String> groups() {
        return Roles.groups(roles, mspId);
    }

    private static String commonName(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
                    return name;
                }
            }
            return subject;
        } catch (InvalidNameException e) {
            return subject;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
