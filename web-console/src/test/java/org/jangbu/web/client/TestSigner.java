package org.jangbu.web.client;

import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.model.MspId;
import org.jangbu.model.Sha256;
import org.jangbu.msp.identity.SigningIdentity;

/** Signs with a digest instead of a key, so that a test can see what was signed. */
final class TestSigner implements SigningIdentity {
    @Override
    public MspId mspId() {
        return new MspId("Org1MSP");
    }

    @Override
    public X509Certificate certificate() {
        throw new UnsupportedOperationException("has none");
    }

    @Override
    public ByteString serialized() {
        return SerializedIdentity.newBuilder()
                .setMspid("Org1MSP")
                .setIdBytes(ByteString.copyFromUtf8("certificate"))
                .build()
                .toByteString();
    }

    @Override
    public ByteString sign(ByteString... message) {
        return Sha256.of(message);
    }
}
