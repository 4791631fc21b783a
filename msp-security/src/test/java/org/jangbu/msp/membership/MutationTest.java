package org.jangbu.msp.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.PolicySyntaxException;
import org.jangbu.msp.policy.SignaturePolicy;
import org.jangbu.msp.policy.SignerSets;
import org.jangbu.msp.testing.Mutations;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged certificates, lists, identities and policies: all are refused in a clear way or judged; none does worse, and none takes long. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutationTest {
    private static final MspId ID = new MspId("TestMSP");
    private static final int CI = 5_000;
    private static final int SOAK = 250_000;

    private static TestAuthority root;
    private static X509Certificate member;
    private static FabricMSPConfig config;
    private static ChannelMembership membership;
    private static Identity identity;
    private static X509CRL list;

    @BeforeAll
    static void enroll() throws Exception {
        root = TestAuthority.root("root");
        TestAuthority below = root.intermediate("below");
        member = below.member("member", "bank", "node:p1");
        list = below.revoke(below.member("gone", "bank"));
        config = FabricMSPConfig.newBuilder()
                .setName(ID.value())
                .addRootCerts(root.pem())
                .addIntermediateCerts(below.pem())
                .addAdmins(TestAuthority.pem(below.member("admin", "bank")))
                .addRevocationList(ByteString.copyFrom(list.getEncoded()))
                .build();
        membership = ChannelMembership.of(FabricMsp.of(config));
        identity = membership.deserialize(X509Identity.serialize(ID, member));
    }

    @Test
    void twenty_thousand_damaged_things_are_refused_clearly() throws Exception {
        run(CI, 33);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 3, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_million_damaged_things_are_refused_clearly() throws Exception {
        run(SOAK, 34);
    }

    private static void run(int cases, long seed) throws Exception {
        Mutations mutations = new Mutations(seed);
        int refused = 0;
        for (int i = 0; i < cases; i++) {
            refused += certificate(mutations) ? 0 : 1;
            refused += revocationList(mutations) ? 0 : 1;
            refused += identity(mutations) ? 0 : 1;
            refused += policy(mutations) ? 0 : 1;
        }
        assertThat(refused).as("most damage is noticed").isGreaterThan(cases);
    }

    /** A damaged certificate as root, intermediate or administrator, in PEM or a damaged PEM. */
    private static boolean certificate(Mutations mutations) {
        FabricMSPConfig.Builder damaged = config.toBuilder();
        switch (mutations.nextInt(4)) {
            case 0 -> damaged.setRootCerts(0, damagedPem(mutations, config.getRootCerts(0)));
            case 1 -> damaged.setIntermediateCerts(0, damagedPem(mutations, config.getIntermediateCerts(0)));
            case 2 -> damaged.setAdmins(0, damagedPem(mutations, config.getAdmins(0)));
            default -> {
                ByteString bytes = mutations.of(config.toByteString());
                return stands(MSPConfig.newBuilder().setConfig(bytes).build());
            }
        }
        return stands(
                MSPConfig.newBuilder().setConfig(damaged.build().toByteString()).build());
    }

    private static boolean revocationList(Mutations mutations) throws Exception {
        ByteString bytes = mutations.of(ByteString.copyFrom(list.getEncoded()));
        FabricMSPConfig damaged = config.toBuilder().setRevocationList(0, bytes).build();
        return stands(MSPConfig.newBuilder().setConfig(damaged.toByteString()).build());
    }

    private static boolean stands(MSPConfig damaged) {
        try {
            ChannelMembership standing = ChannelMembership.of(List.of(damaged));
            standing.validate(standing.deserialize(identity.serialized()));
            return true;
        } catch (MspConfigurationException | IdentityException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private static boolean identity(Mutations mutations) throws Exception {
        ByteString damaged = mutations.nextInt(2) == 0
                ? mutations.of(identity.serialized())
                : X509Identity.serialize(ID, damagedPem(mutations, TestAuthority.pem(member)));
        try {
            Identity read = membership.deserialize(damaged);
            boolean unused = read.verifies(mutations.of(ByteString.copyFrom(new byte[70])), damaged);
            membership.validate(read);
            membership.checkNotRevoked(read, RevocationNews.of(List.of(list)));
            return true;
        } catch (IdentityException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private static boolean policy(Mutations mutations) throws Exception {
        String text = "AND('TestMSP.member', OR('TestMSP.node:p1', Weights(3, 'TestMSP.peer'=2, 'TestMSP.admin'=1)))";
        SignaturePolicyEnvelope good = PolicyLanguage.parse(text, membership);
        try {
            if (mutations.nextInt(3) == 0) {
                ByteString damaged = mutations.of(ByteString.copyFromUtf8(text));
                good = PolicyLanguage.parse(damaged.toString(StandardCharsets.UTF_8), membership);
            } else {
                good = SignaturePolicyEnvelope.parseFrom(mutations.of(good.toByteString()));
            }
            SignaturePolicy policy = SignaturePolicy.of(good, membership);
            boolean satisfied = policy.isSatisfiedBy(List.of(identity));
            assertThat(policy.missing(List.of(identity)).isEmpty()).isEqualTo(satisfied);
            assertThat(PolicyLanguage.describe(good)).isNotBlank();
            assertThat(SignerSets.inWords(good, 3)).isNotNull();
            for (MSPPrincipal principal : good.getIdentitiesList()) {
                boolean unused = membership.satisfies(identity, principal);
            }
            return true;
        } catch (PolicyException | PolicySyntaxException | IOException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    /** Damage to the text of a PEM, or to the DER within. */
    private static ByteString damagedPem(Mutations mutations, ByteString pem) {
        if (mutations.nextInt(3) == 0) {
            return mutations.of(pem);
        }
        try {
            ByteString der = Pem.only(pem.toByteArray()).content();
            return ByteString.copyFromUtf8(new Pem("CERTIFICATE", mutations.of(der)).text());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
