package org.jangbu.msp.client;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.SigningKey;

/** Fabric CA's token, as it is since version 1.4: certificate and signature over method, address, body and certificate. */
public final class CaToken {
    private CaToken() {}

    /**
     * The token of a call.
     *
     * @param holder of the key
     * @param uri path and query as they are sent
     */
    public static String of(X509Certificate holder, SigningKey key, String method, String uri, byte[] body)
            throws GeneralSecurityException {
        String certificate = base64(CertificateReader.pem(holder).getBytes(StandardCharsets.US_ASCII));
        String signed =
                method + "." + base64(uri.getBytes(StandardCharsets.UTF_8)) + "." + base64(body) + "." + certificate;
        ByteString signature = key.sign(ByteString.copyFromUtf8(signed));
        return certificate + "." + base64(signature.toByteArray());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
