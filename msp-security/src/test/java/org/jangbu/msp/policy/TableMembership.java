package org.jangbu.msp.policy;

import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.RevocationNews;

/** A membership in which a table says which signer satisfies which principal. Principals are told apart by their content, one byte. */
final class TableMembership implements Membership {
    private final boolean[][] table;

    /** @param table by signer, then by principal */
    TableMembership(boolean[][] table) {
        this.table = table;
    }

    static MSPPrincipal principal(int index) {
        return MSPPrincipal.newBuilder()
                .setPrincipal(ByteString.copyFrom(new byte[] {(byte) index}))
                .build();
    }

    List<Identity> signers() {
        List<Identity> signers = new ArrayList<>();
        for (int i = 0; i < table.length; i++) {
            signers.add(new Signer(i));
        }
        return signers;
    }

    @Override
    public Set<MspId> mspIds() {
        return Set.of();
    }

    @Override
    public Identity deserialize(ByteString serializedIdentity) throws IdentityException {
        return new Signer(serializedIdentity.byteAt(0));
    }

    @Override
    public void validate(Identity identity) {}

    @Override
    public void checkNotRevoked(Identity identity, RevocationNews news) {}

    @Override
    public boolean satisfies(Identity identity, MSPPrincipal principal) {
        return table[((Signer) identity).index()][principal.getPrincipal().byteAt(0) & 0xff];
    }

    private record Signer(int index) implements Identity {
        @Override
        public MspId mspId() {
            return new MspId("Table");
        }

        @Override
        public X509Certificate certificate() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteString serialized() {
            return ByteString.copyFrom(new byte[] {(byte) index});
        }

        @Override
        public ByteString fingerprint() {
            return serialized();
        }

        /** A signature is good if it says so. */
        @Override
        public boolean verifies(ByteString signature, ByteString... message) {
            return signature.equals(ByteString.copyFromUtf8("good"));
        }
    }
}
