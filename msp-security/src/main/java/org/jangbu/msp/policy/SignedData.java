package org.jangbu.msp.policy;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * One signature to be judged.
 *
 * @param data the pieces whose concatenation was signed
 * @param identity the signer's SerializedIdentity
 */
public record SignedData(List<ByteString> data, ByteString identity, ByteString signature) {
    public SignedData {
        data = List.copyOf(data);
    }
}
