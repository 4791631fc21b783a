package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.X509Identity;

/**
 * The files of one managed identity: {@code user.properties}, {@code cert.pem} and {@code key.pem}.
 *
 * @param certificate PEM
 * @param sealedKey encrypted PEM
 */
record IdentityRecord(
        ManagedName name,
        MspId mspId,
        Set<MSPRoleType> roles,
        SecretProof proof,
        ByteString certificate,
        ByteString sealedKey) {
    private static final String MSP_ID = "mspId";
    private static final String ROLE = "role";
    private static final String PASSWORD = "password";
    private static final String AUTHORITY = "authority";
    private static final String SEAL = "seal";

    /** Everything that must not be changed from outside, each piece told apart from the next. */
    ByteString sealed() {
        return pieces(name.toString(), mspId.value(), Roles.format(roles), proof.format())
                .concat(pieces(certificate.toStringUtf8(), sealedKey.toStringUtf8()));
    }

    /** Its {@code SerializedIdentity}. */
    ByteString serialized() {
        return X509Identity.serialize(mspId, certificate);
    }

    /** What its own password gives; empty if it has none. */
    Optional<DerivedSecret> password() {
        return proof instanceof SecretProof.OwnPassword own ? Optional.of(own.derived()) : Optional.empty();
    }

    private static ByteString pieces(String... texts) {
        ByteString all = ByteString.EMPTY;
        for (String text : texts) {
            ByteString bytes = ByteString.copyFromUtf8(text);
            all = all.concat(ByteString.copyFromUtf8(bytes.size() + ":")).concat(bytes);
        }
        return all;
    }

    String properties(String seal) {
        String known = proof instanceof SecretProof.AtAuthority authority
                ? AUTHORITY + "=" + authority.name()
                : PASSWORD + "=" + proof.format();
        return MSP_ID + "=" + mspId + "\n" + ROLE + "=" + Roles.format(roles) + "\n" + known + "\n" + SEAL + "=" + seal
                + "\n";
    }

    /** The record and the seal that its properties carry. */
    static Stored read(ManagedName name, String text, ByteString certificate, ByteString sealedKey) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
            IdentityRecord identity = new IdentityRecord(
                    name,
                    new MspId(properties.getProperty(MSP_ID, "")),
                    Roles.parse(properties.getProperty(ROLE, "")),
                    proof(properties),
                    certificate,
                    sealedKey);
            return new Stored(identity, properties.getProperty(SEAL, ""));
        } catch (IllegalArgumentException e) {
            throw new IOException("user.properties of " + name + " is not readable: " + e.getMessage(), e);
        }
    }

    private static SecretProof proof(Properties properties) {
        String authority = properties.getProperty(AUTHORITY);
        return authority == null
                ? new SecretProof.OwnPassword(DerivedSecret.parse(properties.getProperty(PASSWORD, "")))
                : new SecretProof.AtAuthority(authority);
    }

    /** As found on disk, not yet believed. */
    record Stored(IdentityRecord identity, String seal) {}
}
