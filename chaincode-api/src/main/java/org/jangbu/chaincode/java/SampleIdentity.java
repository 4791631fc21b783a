package org.jangbu.chaincode.java;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A caller for calls that no network makes: the first call at deployment, and unit tests. Fabric's contract API parses the caller's certificate at each
 * call, so there must be one; nobody holds the key of this one.
 */
public final class SampleIdentity {
    private SampleIdentity() {}

    /** The caller's {@code SerializedIdentity} as a member of the given MSP. */
    public static byte[] serialized(String mspId) {
        try (InputStream in = SampleIdentity.class.getResourceAsStream("warm-up.pem")) {
            if (in == null) {
                throw new IllegalStateException("The server's own warm-up.pem is missing");
            }
            return serialized(mspId, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A {@code SerializedIdentity}, written by hand because the server's side of this module knows no protobuf.
     *
     * @param certificate an X.509 certificate in PEM
     */
    public static byte[] serialized(String mspId, byte[] certificate) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(out, 1, mspId.getBytes(UTF_8));
        field(out, 2, certificate);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        out.write((number << 3) | 2);
        int rest = value.length;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        out.writeBytes(value);
    }
}
