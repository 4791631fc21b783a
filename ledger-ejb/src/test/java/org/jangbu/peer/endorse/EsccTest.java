package org.jangbu.peer.endorse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.Response;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.CurrentSigner;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.junit.jupiter.api.Test;

class EsccTest {
    @Test
    void certificate_and_signature_belong_together_though_the_certificate_is_renewed_between_them() throws Exception {
        SigningIdentity former = FabricVectors.peer(1);
        SigningIdentity next = FabricVectors.user(1);
        CurrentSigner signer = new CurrentSigner(former);
        signer.replace(new Interrupted(former, () -> signer.replace(next)));
        Escc escc = new Escc(signer);
        ChannelMembership membership =
                ChannelMembership.of(FabricVectors.msp(FabricVectors.ORG1).msp());
        for (SigningIdentity expected : new SigningIdentity[] {former, next}) {
            ByteString payload = ByteString.copyFromUtf8("payload");
            Endorsement endorsement =
                    escc.endorse(Response.getDefaultInstance(), payload).getEndorsement();
            assertThat(endorsement.getEndorser()).isEqualTo(expected.serialized());
            Identity endorser = membership.deserialize(endorsement.getEndorser());
            assertThat(endorser.verifies(endorsement.getSignature(), payload, endorsement.getEndorser()))
                    .isTrue();
        }
    }

    /** Something happens whenever it is asked who it is. */
    private record Interrupted(SigningIdentity own, Runnable event) implements SigningIdentity {
        @Override
        public MspId mspId() {
            return own.mspId();
        }

        @Override
        public X509Certificate certificate() {
            return own.certificate();
        }

        @Override
        public ByteString serialized() {
            event.run();
            return own.serialized();
        }

        @Override
        public ByteString sign(ByteString... message) {
            return own.sign(message);
        }
    }
}
