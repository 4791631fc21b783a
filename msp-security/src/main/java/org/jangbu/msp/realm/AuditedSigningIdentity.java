package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;
import org.jangbu.model.BlockHash;
import org.jangbu.model.MspId;
import org.jangbu.model.Sha256;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.log.AuditLog;

/** Signs for a caller and tells the audit log each time what was signed, as the signed bytes themselves tell it. */
final class AuditedSigningIdentity implements SigningIdentity {
    private final Caller caller;
    private final SigningIdentity key;

    AuditedSigningIdentity(Caller caller, SigningIdentity key) {
        this.caller = caller;
        this.key = key;
    }

    @Override
    public MspId mspId() {
        return key.mspId();
    }

    @Override
    public X509Certificate certificate() {
        return key.certificate();
    }

    @Override
    public ByteString serialized() {
        return key.serialized();
    }

    @Override
    public ByteString sign(ByteString... message) {
        ByteString signature = key.sign(message);
        SignedContent content = SignedContent.of(message);
        AuditLog.LOG.signed(
                content.channel(),
                content.transaction(),
                caller.name().toString(),
                caller.mspId().value(),
                content.what(),
                BlockHash.hex(Sha256.of(message)));
        return signature;
    }

    @Override
    public String toString() {
        return caller.toString();
    }
}
