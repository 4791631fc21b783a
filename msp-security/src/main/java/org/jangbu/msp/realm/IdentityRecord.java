package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.MspId;

/**
 * The files of one managed identity: {@code user.properties}, {@code cert.pem} and {@code key.pem}.
 *
 * @param certificate PEM
 * @param sealedKey encrypted PEM
 */
record IdentityRecord(
        EnrollmentId id,
        MspId mspId,
        Set<MSPRoleType> roles,
        DerivedSecret password,
        ByteString certificate,
        ByteString sealedKey) {
    private static final String MSP_ID = "mspId";
    private static final String ROLE = "role";
    private static final String PASSWORD = "password";
    private static final String SEAL = "seal";

    /** Everything that must not be changed from outside, each piece told apart from the next. */
    ByteString sealed() {
        return pieces(id.value(), mspId.value(), Roles.format(roles), password.format())
                .concat(pieces(certificate.toStringUtf8(), sealedKey.toStringUtf8()));
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
        return MSP_ID + "=" + mspId + "\n" + ROLE + "=" + Roles.format(roles) + "\n" + PASSWORD + "="
                + password.format() + "\n" + SEAL + "=" + seal + "\n";
    }

    /** The record and the seal that its properties carry. */
    static Stored read(EnrollmentId id, String text, ByteString certificate, ByteString sealedKey) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
            IdentityRecord identity = new IdentityRecord(
                    id,
                    new MspId(properties.getProperty(MSP_ID, "")),
                    Roles.parse(properties.getProperty(ROLE, "")),
                    DerivedSecret.parse(properties.getProperty(PASSWORD, "")),
                    certificate,
                    sealedKey);
            return new Stored(identity, properties.getProperty(SEAL, ""));
        } catch (IllegalArgumentException e) {
            throw new IOException("user.properties of " + id + " is not readable: " + e.getMessage(), e);
        }
    }

    /** As found on disk, not yet believed. */
    record Stored(IdentityRecord identity, String seal) {}
}
