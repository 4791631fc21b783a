package org.jangbu.msp.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.SignaturePolicy;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Good and bad identities, each as it would come to a door: parsed, judged, looked up in the newest lists, its signature checked. */
class IdentityCasesTest {
    private static final MspId ID = new MspId("TestMSP");
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("message");
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static final TestAuthority ROOT = authority("root");
    private static final TestAuthority OTHER = authority("other");

    /** What is to be judged: the MSP, what it alone does not know, who signed how. */
    private record Attempt(
            FabricMSPConfig config, List<X509CRL> news, ByteString identity, ByteString signature, Instant now) {
        Attempt at(Instant moment) {
            return new Attempt(config, news, identity, signature, moment);
        }

        Attempt knowing(X509CRL... lists) {
            return new Attempt(config, List.of(lists), identity, signature, now);
        }

        Attempt signed(ByteString other) {
            return new Attempt(config, news, identity, other, now);
        }
    }

    @FunctionalInterface
    private interface Making {
        Attempt make() throws Exception;
    }

    private record Case(String name, String verdict, Making making) {
        @Override
        public String toString() {
            return name + ": " + verdict;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void verdict(Case one) throws Exception {
        assertThat(verdict(one.making().make())).as(one.name()).isEqualTo(one.verdict());
    }

    private static String verdict(Attempt attempt) {
        ChannelMembership membership;
        try {
            membership = ChannelMembership.of(FabricMsp.of(attempt.config()));
        } catch (MspConfigurationException e) {
            return "NO MSP";
        }
        try {
            Identity identity = membership.deserialize(attempt.identity());
            RevocationNews news = RevocationNews.of(attempt.news());
            new DoorCheck(Clock.fixed(attempt.now(), ZoneOffset.UTC), () -> news).check(membership, identity);
            return identity.verifies(attempt.signature(), MESSAGE) ? "GOOD" : "BAD SIGNATURE";
        } catch (IdentityException e) {
            return e.reason().name();
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        roles(cases);
        chains(cases);
        authorities(cases);
        times(cases);
        revocations(cases);
        uses(cases);
        keys(cases);
        signatures(cases);
        spellings(cases);
        assertThat(cases).hasSizeGreaterThanOrEqualTo(60);
        return cases.stream();
    }

    private static void roles(List<Case> cases) {
        for (String role : List.of("client", "peer", "admin", "orderer")) {
            cases.add(new Case("the unit " + role, "GOOD", () -> member(ROOT, role)));
        }
        cases.add(new Case("a role and a unit that means nothing", "GOOD", () -> member(ROOT, "sales", "peer")));
        cases.add(new Case("a role and the unit of a node", "GOOD", () -> member(ROOT, "peer", "node:p1")));
        cases.add(new Case("no unit", "INVALID", () -> member(ROOT)));
        cases.add(new Case("two roles", "INVALID", () -> member(ROOT, "peer", "client")));
        cases.add(new Case("the same role twice", "INVALID", () -> member(ROOT, "peer", "peer")));
        cases.add(new Case("a role in capitals", "INVALID", () -> member(ROOT, "PEER")));
        cases.add(new Case("a unit of another organisation", "INVALID", () -> member(ROOT, "org2.peer")));
        cases.add(new Case("a role certified by another CA than demanded", "INVALID", () -> {
            FabricMSPConfig.Builder config = config(ROOT).addRootCerts(OTHER.pem());
            config.getFabricNodeOusBuilder().getPeerOuIdentifierBuilder().setCertificate(ROOT.pem());
            return of(config, OTHER, OTHER.leaf("x", "peer"));
        }));
        cases.add(new Case("one of the units listed", "GOOD", () -> of(listing(), ROOT, ROOT.leaf("x", "bank"))));
        cases.add(new Case("none of the units listed", "INVALID", () -> of(listing(), ROOT, ROOT.leaf("x", "shop"))));
        cases.add(new Case("a listed unit under another CA", "INVALID", () -> {
            FabricMSPConfig.Builder config = listing().addRootCerts(OTHER.pem());
            return of(config, OTHER, OTHER.leaf("x", "bank"));
        }));
    }

    private static void chains(List<Case> cases) {
        cases.add(new Case("another CA", "INVALID", () -> of(config(ROOT), OTHER, OTHER.leaf("x", "peer"))));
        cases.add(new Case("another CA of the same name and the same subject", "INVALID", () -> {
            TestAuthority twin = authority("root");
            return of(config(ROOT), twin, twin.leaf("x", "peer"));
        }));
        cases.add(new Case("its own issuer", "INVALID", () -> {
            TestAuthority self = authority("self");
            return of(config(ROOT), self, self.leaf("self", "peer"));
        }));
        cases.add(new Case("an intermediate CA", "GOOD", () -> {
            TestAuthority below = ROOT.intermediate("below");
            return of(config(ROOT).addIntermediateCerts(below.pem()), below, below.leaf("x", "peer"));
        }));
        cases.add(new Case("two intermediate CAs", "GOOD", () -> {
            TestAuthority below = ROOT.intermediate("below");
            TestAuthority lowest = below.intermediate("lowest");
            return of(
                    config(ROOT).addIntermediateCerts(lowest.pem()).addIntermediateCerts(below.pem()),
                    lowest,
                    lowest.leaf("x", "peer"));
        }));
        cases.add(new Case("an intermediate CA that the MSP does not have", "INVALID", () -> {
            TestAuthority below = ROOT.intermediate("below");
            return of(config(ROOT), below, below.leaf("x", "peer"));
        }));
        cases.add(new Case("a root with a CA below it", "INVALID", () -> {
            TestAuthority below = ROOT.intermediate("below");
            return of(config(ROOT).addIntermediateCerts(below.pem()), ROOT, ROOT.leaf("x", "peer"));
        }));
        cases.add(new Case("an intermediate CA with a CA below it", "INVALID", () -> {
            TestAuthority below = ROOT.intermediate("below");
            return of(
                    config(ROOT)
                            .addIntermediateCerts(below.pem())
                            .addIntermediateCerts(below.intermediate("lowest").pem()),
                    below,
                    below.leaf("x", "peer"));
        }));
        cases.add(new Case("two chains", "INVALID", () -> {
            TestAuthority twin = TestAuthority.root("root", ROOT.keys(), 2);
            return of(config(ROOT).addRootCerts(twin.pem()), ROOT, ROOT.leaf("x", "peer"));
        }));
        cases.add(new Case(
                "the same root twice",
                "GOOD",
                () -> of(config(ROOT).addRootCerts(ROOT.pem()), ROOT, ROOT.leaf("x", "peer"))));
        cases.add(new Case("issued by a member", "INVALID", () -> {
            KeyPair keys = TestAuthority.newKeys(Curve.P256);
            X509Certificate issuer = ROOT.issue(ROOT.leaf("member", "peer"), keys);
            TestAuthority member = TestAuthority.root("member", keys, 3);
            return of(
                    config(ROOT).addAdmins(TestAuthority.pem(ROOT.member("a", "admin"))),
                    member,
                    member.leaf(issuer.getSubjectX500Principal().getName(), "peer"));
        }));
        cases.add(new Case("a CA's signature with high s", "GOOD", () -> {
            TestAuthority high = authority("high").signingHigh();
            return of(config(high), high, high.leaf("x", "peer"));
        }));
        cases.add(new Case("a certificate altered after it was signed", "INVALID", () -> {
            KeyPair keys = TestAuthority.newKeys(Curve.P256);
            byte[] der = ROOT.issue(ROOT.leaf("altered", "peer"), keys).getEncoded();
            int at = new String(der, StandardCharsets.ISO_8859_1).lastIndexOf("altered");
            der[at] = 'A';
            return signed(config(ROOT), CertificateReader.der(der), keys);
        }));
        cases.add(new Case("another organisation's member under this MSP's name", "INVALID", () -> {
            KeyPair keys = TestAuthority.newKeys(Curve.P256);
            return signed(config(ROOT), OTHER.issue(OTHER.leaf("x", "peer"), keys), keys);
        }));
        cases.add(new Case("a member under another MSP's name", "UNKNOWN_MSP", () -> {
            KeyPair keys = TestAuthority.newKeys(Curve.P256);
            X509Certificate certificate = ROOT.issue(ROOT.leaf("x", "peer"), keys);
            return new Attempt(
                    config(ROOT).build(),
                    List.of(),
                    X509Identity.serialize(new MspId("OtherMSP"), certificate),
                    sign(keys),
                    NOW);
        }));
    }

    private static void authorities(List<Case> cases) {
        cases.add(new Case("the root itself", "INVALID", () -> signed(config(ROOT), ROOT.certificate(), ROOT.keys())));
        cases.add(new Case("an intermediate CA itself", "INVALID", () -> {
            TestAuthority below = ROOT.intermediate("below");
            return signed(config(ROOT).addIntermediateCerts(below.pem()), below.certificate(), below.keys());
        }));
        cases.add(new Case("a CA that the root issued but the MSP does not have", "INVALID", () -> {
            TestAuthority below = ROOT.intermediate("below");
            return signed(config(ROOT), below.certificate(), below.keys());
        }));
        cases.add(new Case(
                "a member with the extension of a CA",
                "INVALID",
                () -> of(
                        config(ROOT),
                        ROOT,
                        ROOT.leaf("x", "peer").with(Extension.basicConstraints, true, new BasicConstraints(true)))));
        cases.add(new Case(
                "a CA that may not sign certificates",
                "INVALID",
                () -> limited((name, serial) -> TestAuthority.authority(name, serial)
                        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign)))));
        cases.add(new Case(
                "a CA that may sign certificates",
                "GOOD",
                () -> limited((name, serial) -> TestAuthority.authority(name, serial)
                        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)))));
        cases.add(new Case(
                "an MSP whose intermediate CA is none",
                "NO MSP",
                () -> limited((name, serial) -> TestAuthority.authority(name, serial)
                        .with(Extension.basicConstraints, true, new BasicConstraints(false)))));
        cases.add(new Case(
                "an MSP whose CA has no key identifier",
                "NO MSP",
                () -> limited(
                        (name, serial) -> TestAuthority.authority(name, serial).withoutKeyIdentifier())));
        cases.add(new Case(
                "an MSP whose CA is for TLS clients only",
                "NO MSP",
                () -> limited((name, serial) -> TestAuthority.authority(name, serial)
                        .with(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)))));
        cases.add(new Case(
                "a name that the CA may not certify",
                "INVALID",
                () -> limited((name, serial) -> TestAuthority.authority(name, serial)
                        .with(
                                Extension.nameConstraints,
                                true,
                                new NameConstraints(
                                        new GeneralSubtree[] {
                                            new GeneralSubtree(new GeneralName(new X500Name("O=elsewhere")))
                                        },
                                        null)))));
        cases.add(new Case("a CA beyond the path length of the one above", "INVALID", () -> {
            KeyPair keys = TestAuthority.newKeys(Curve.P256);
            TestAuthority shortOne = TestAuthority.root("short", keys, 1);
            TestAuthority tooLow = shortOne.intermediate("too low");
            X509Certificate limited = ROOT.issue(
                    TestAuthority.authority(new X500Name("CN=short"), 55)
                            .with(Extension.basicConstraints, true, new BasicConstraints(0)),
                    keys);
            FabricMSPConfig.Builder config = config(ROOT).addIntermediateCerts(TestAuthority.pem(limited));
            return of(config, tooLow, tooLow.leaf("x", "peer"));
        }));
    }

    private static void times(List<Case> cases) {
        Instant end = Instant.parse("2026-06-01T00:00:00Z");
        cases.add(new Case(
                "the last moment of its validity", "GOOD", () -> until(end).at(end)));
        cases.add(new Case(
                "a second after its validity", "EXPIRED", () -> until(end).at(end.plusSeconds(1))));
        cases.add(new Case("long expired", "EXPIRED", () -> until(end).at(Instant.parse("2100-01-01T00:00:00Z"))));
        cases.add(new Case(
                "the first moment of its validity", "GOOD", () -> until(end).at(TestAuthority.BEGINNING)));
        cases.add(new Case(
                "a second before its validity",
                "EXPIRED",
                () -> until(end).at(TestAuthority.BEGINNING.minusSeconds(1))));
        cases.add(new Case(
                "valid before its issuer was",
                "INVALID",
                () -> of(
                        config(ROOT),
                        ROOT,
                        ROOT.leaf("x", "peer").valid(TestAuthority.BEGINNING.minusSeconds(60), TestAuthority.END))));
        cases.add(new Case(
                "valid after its issuer is no more",
                "INVALID",
                () -> of(
                        config(ROOT),
                        ROOT,
                        ROOT.leaf("x", "peer")
                                .valid(TestAuthority.END.plusSeconds(1), TestAuthority.END.plusSeconds(9)))));
        cases.add(new Case(
                "an end before the beginning",
                "INVALID",
                () -> of(config(ROOT), ROOT, ROOT.leaf("x", "peer").valid(NOW, NOW.minusSeconds(60)))));
    }

    private static void revocations(List<Case> cases) {
        KeyPair keys = keyPair();
        X509Certificate revoked = issue(ROOT, "gone", keys);
        X509Certificate here = issue(ROOT, "here", keys);
        cases.add(new Case(
                "on the configuration's list",
                "REVOKED",
                () -> signed(config(ROOT).addRevocationList(der(ROOT.revoke(revoked))), revoked, keys)));
        cases.add(new Case(
                "on the second of two lists",
                "REVOKED",
                () -> signed(
                        config(ROOT)
                                .addRevocationList(der(ROOT.revoke(here)))
                                .addRevocationList(der(ROOT.revoke(revoked))),
                        revoked,
                        keys)));
        cases.add(new Case(
                "not on the list",
                "GOOD",
                () -> signed(config(ROOT).addRevocationList(der(ROOT.revoke(revoked))), here, keys)));
        cases.add(new Case(
                "on a list that its issuer did not sign",
                "GOOD",
                () -> signed(config(ROOT).addRevocationList(der(ROOT.revoke(OTHER.keys(), revoked))), revoked, keys)));
        cases.add(new Case(
                "its number on another CA's list",
                "GOOD",
                () -> signed(
                        config(ROOT).addRootCerts(OTHER.pem()).addRevocationList(der(OTHER.revoke(revoked))),
                        revoked,
                        keys)));
        cases.add(new Case(
                "on a list that only this server knows",
                "REVOKED",
                () -> signed(config(ROOT), revoked, keys).knowing(ROOT.revoke(revoked))));
        cases.add(new Case(
                "not on the list that only this server knows",
                "GOOD",
                () -> signed(config(ROOT), here, keys).knowing(ROOT.revoke(revoked))));
        cases.add(new Case(
                "on a forged list that only this server knows",
                "GOOD",
                () -> signed(config(ROOT), revoked, keys).knowing(ROOT.revoke(OTHER.keys(), revoked))));
        cases.add(new Case("of an intermediate CA on a list that only this server knows", "REVOKED", () -> {
            TestAuthority below = ROOT.intermediate("below");
            return of(config(ROOT).addIntermediateCerts(below.pem()), below, below.leaf("x", "peer"))
                    .knowing(ROOT.revoke(below.certificate()));
        }));
        cases.add(new Case("of an MSP whose intermediate CA is revoked", "NO MSP", () -> {
            TestAuthority below = ROOT.intermediate("below");
            FabricMSPConfig.Builder config = config(ROOT)
                    .addIntermediateCerts(below.pem())
                    .addRevocationList(der(ROOT.revoke(below.certificate())));
            return of(config, below, below.leaf("x", "peer"));
        }));
        cases.add(new Case(
                "a new certificate for the key of a revoked one",
                "GOOD",
                () -> signed(
                        config(ROOT).addRevocationList(der(ROOT.revoke(revoked))), issue(ROOT, "gone", keys), keys)));
    }

    private static void uses(List<Case> cases) {
        cases.add(new Case("for TLS clients only", "INVALID", () -> extended(KeyPurposeId.id_kp_clientAuth)));
        cases.add(new Case("for signing code only", "INVALID", () -> extended(KeyPurposeId.id_kp_codeSigning)));
        cases.add(new Case("for TLS servers", "GOOD", () -> extended(KeyPurposeId.id_kp_serverAuth)));
        cases.add(new Case("for any use", "GOOD", () -> extended(KeyPurposeId.anyExtendedKeyUsage)));
        cases.add(new Case(
                "for key agreement only, which nobody asks about",
                "GOOD",
                () -> of(
                        config(ROOT),
                        ROOT,
                        ROOT.leaf("x", "peer").with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement)))));
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
        cases.add(new Case(
                "an unknown extension that is critical",
                "INVALID",
                () -> of(config(ROOT), ROOT, ROOT.leaf("x", "peer").with(unknown, true, new DERUTF8String("?")))));
        cases.add(new Case(
                "an unknown extension",
                "GOOD",
                () -> of(config(ROOT), ROOT, ROOT.leaf("x", "peer").with(unknown, false, new DERUTF8String("?")))));
    }

    private static void keys(List<Case> cases) {
        cases.add(new Case("a key on P-384", "GOOD", () -> {
            KeyPair keys = TestAuthority.newKeys(Curve.P384);
            return signed(config(ROOT), ROOT.issue(ROOT.leaf("x", "peer"), keys), keys);
        }));
        for (String curve : List.of("secp224r1", "secp521r1", "secp256k1", "brainpoolP256r1")) {
            cases.add(new Case("a key on " + curve, "MALFORMED", () -> foreign("EC", curve)));
        }
        cases.add(new Case("a key of RSA", "MALFORMED", () -> foreign("RSA", "")));
        cases.add(new Case("a key of Ed25519", "MALFORMED", () -> foreign("Ed25519", "")));
    }

    private static void signatures(List<Case> cases) {
        KeyPair keys = keyPair();
        X509Certificate certificate = issue(ROOT, "signer", keys);
        Making good = () -> signed(config(ROOT), certificate, keys);
        ByteString signature = sign(keys);
        byte[] der = signature.toByteArray();
        cases.add(new Case(
                "a signature with high s",
                "BAD SIGNATURE",
                () -> good.make().signed(ByteString.copyFrom(TestAuthority.withS(der, true)))));
        BigInteger half = ORDER.shiftRight(1);
        for (BigInteger[] numbers : new BigInteger[][] {
            {BigInteger.ZERO, half},
            {half, BigInteger.ZERO},
            {BigInteger.ZERO, BigInteger.ZERO},
            {ORDER, half},
            {half, ORDER},
            {half.negate(), half},
            {half, half.negate()},
            {BigInteger.ONE, BigInteger.ONE}
        }) {
            String name = "a signature of r=" + shown(numbers[0]) + " and s=" + shown(numbers[1]);
            cases.add(new Case(
                    name,
                    "BAD SIGNATURE",
                    () -> good.make()
                            .signed(ByteString.copyFrom(new DERSequence(new ASN1Encodable[] {
                                        new ASN1Integer(numbers[0]), new ASN1Integer(numbers[1])
                                    })
                                    .getEncoded()))));
        }
        cases.add(new Case("no signature", "BAD SIGNATURE", () -> good.make().signed(ByteString.EMPTY)));
        cases.add(new Case(
                "a signature cut short",
                "BAD SIGNATURE",
                () -> good.make().signed(signature.substring(0, der.length - 1))));
        cases.add(new Case(
                "a signature with something behind it",
                "BAD SIGNATURE",
                () -> good.make().signed(signature.concat(ByteString.copyFrom(new byte[1])))));
        cases.add(new Case(
                "another key's signature",
                "BAD SIGNATURE",
                () -> good.make().signed(sign(TestAuthority.newKeys(Curve.P256)))));
        cases.add(new Case(
                "a signature over something else",
                "BAD SIGNATURE",
                () -> good.make().signed(SigningKey.of(keys.getPrivate()).sign(ByteString.copyFromUtf8("massage")))));
    }

    private static void spellings(List<Case> cases) {
        KeyPair keys = keyPair();
        X509Certificate certificate = issue(ROOT, "speller", keys);
        String pem = CertificateReader.pem(certificate);
        cases.add(spelled("lines that end as on Windows", "GOOD", pem.replace("\n", "\r\n"), keys));
        cases.add(spelled("white space around", "GOOD", "\n\n " + pem + "\n", keys));
        cases.add(spelled("no line break at the end", "GOOD", pem.strip(), keys));
        cases.add(spelled("nothing", "MALFORMED", "", keys));
        cases.add(spelled("two certificates", "MALFORMED", pem + pem, keys));
        cases.add(spelled("text before", "MALFORMED", "Certificate:\n" + pem, keys));
        cases.add(spelled("text behind", "MALFORMED", pem + "x", keys));
        cases.add(spelled("another label", "MALFORMED", pem.replace("CERTIFICATE", "X509 CRL"), keys));
        cases.add(spelled("two labels", "MALFORMED", pem.replace("END CERTIFICATE", "END KEY"), keys));
        cases.add(spelled("no end", "MALFORMED", pem.substring(0, pem.indexOf("-----END")), keys));
        cases.add(spelled("no base64", "MALFORMED", pem.replace("MII", "M*I"), keys));
        cases.add(spelled("base64 cut short", "MALFORMED", pem.replaceFirst("\n[^\n]+\n-----END", "\n-----END"), keys));
        cases.add(spelled(
                "an empty certificate",
                "MALFORMED",
                "-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n",
                keys));
        cases.add(spelled("DER without PEM", "MALFORMED", encoded(certificate), keys));
        cases.add(spelled(
                "DER cut short", "MALFORMED", armored(encoded(certificate).substring(0, 300)), keys));
        cases.add(spelled("bytes behind the DER", "MALFORMED", armored(encoded(certificate) + "\0"), keys));
        cases.add(new Case(
                "no SerializedIdentity",
                "MALFORMED",
                () -> new Attempt(
                        config(ROOT).build(),
                        List.of(),
                        ByteString.copyFrom(new byte[] {(byte) 0xff}),
                        sign(keys),
                        NOW)));
        cases.add(new Case(
                "longer than any identity",
                "MALFORMED",
                () -> new Attempt(
                        config(ROOT).build(),
                        List.of(),
                        X509Identity.serialize(ID, ByteString.copyFromUtf8(pem + " ".repeat(17_000))),
                        sign(keys),
                        NOW)));
    }

    @org.junit.jupiter.api.Test
    void a_signer_that_signs_twice_is_one_signer_however_it_is_spelled() throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        X509Certificate certificate = ROOT.issue(ROOT.leaf("x", "peer"), keys);
        ChannelMembership membership =
                ChannelMembership.of(FabricMsp.of(config(ROOT).build()));
        String pem = CertificateReader.pem(certificate);
        List<SignedData> signatures = new ArrayList<>();
        for (String spelling : List.of(pem, pem, pem.replace("\n", "\r\n"), pem + "\n")) {
            signatures.add(new SignedData(
                    List.of(MESSAGE), X509Identity.serialize(ID, ByteString.copyFromUtf8(spelling)), sign(keys)));
        }
        SignaturePolicy two =
                SignaturePolicy.of(PolicyLanguage.parse("AND('TestMSP.peer', 'TestMSP.peer')"), membership);
        SignaturePolicy weights = SignaturePolicy.of(
                PolicyLanguage.parse("Weights(2, 'TestMSP.peer'=1, 'TestMSP.member'=1)"), membership);
        assertThat(two.isSatisfiedBySignatures(signatures)).isFalse();
        assertThat(weights.isSatisfiedBySignatures(signatures)).isFalse();
    }

    private static Case spelled(String name, String verdict, String text, KeyPair keys) {
        ByteString spelling = ByteString.copyFrom(text, StandardCharsets.ISO_8859_1);
        return new Case(
                "a certificate with " + name,
                verdict,
                () -> new Attempt(
                        config(ROOT).build(), List.of(), X509Identity.serialize(ID, spelling), sign(keys), NOW));
    }

    private static Attempt member(TestAuthority authority, String... units) throws Exception {
        return of(config(authority), authority, authority.leaf("x", units));
    }

    private static Attempt until(Instant end) throws Exception {
        return of(config(ROOT), ROOT, ROOT.leaf("x", "peer").valid(TestAuthority.BEGINNING, end));
    }

    private static Attempt extended(KeyPurposeId use) throws Exception {
        return of(
                config(ROOT),
                ROOT,
                ROOT.leaf("x", "peer").with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use)));
    }

    @FunctionalInterface
    private interface Limits {
        TestAuthority.Template template(X500Name name, int serial);
    }

    /** A member of an intermediate CA whose own certificate is as told. */
    private static Attempt limited(Limits limits) throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        TestAuthority below = TestAuthority.root("limited", keys, 1);
        X509Certificate certificate = ROOT.issue(limits.template(new X500Name("CN=limited"), 55), keys);
        return of(config(ROOT).addIntermediateCerts(TestAuthority.pem(certificate)), below, below.leaf("x", "peer"));
    }

    private static Attempt foreign(String algorithm, String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider());
        if (!curve.isEmpty()) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        X509Certificate certificate = ROOT.issue(ROOT.leaf("x", "peer"), generator.generateKeyPair());
        return new Attempt(
                config(ROOT).build(), List.of(), X509Identity.serialize(ID, certificate), ByteString.EMPTY, NOW);
    }

    private static Attempt of(FabricMSPConfig.Builder config, TestAuthority issuer, TestAuthority.Template template)
            throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        return signed(config, issuer.issue(template, keys), keys);
    }

    private static Attempt signed(FabricMSPConfig.Builder config, X509Certificate certificate, KeyPair keys) {
        return new Attempt(config.build(), List.of(), X509Identity.serialize(ID, certificate), sign(keys), NOW);
    }

    private static FabricMSPConfig.Builder config(TestAuthority root) {
        return FabricMSPConfig.newBuilder()
                .setName(ID.value())
                .addRootCerts(root.pem())
                .setFabricNodeOus(FabricNodeOUs.newBuilder()
                        .setEnable(true)
                        .setClientOuIdentifier(unit("client"))
                        .setPeerOuIdentifier(unit("peer"))
                        .setAdminOuIdentifier(unit("admin"))
                        .setOrdererOuIdentifier(unit("orderer")));
    }

    /** Without NodeOUs, with a list of units. */
    private static FabricMSPConfig.Builder listing() throws Exception {
        return FabricMSPConfig.newBuilder()
                .setName(ID.value())
                .addRootCerts(ROOT.pem())
                .addAdmins(TestAuthority.pem(ROOT.member("a", "bank")))
                .addOrganizationalUnitIdentifiers(FabricOUIdentifier.newBuilder()
                        .setCertificate(ROOT.pem())
                        .setOrganizationalUnitIdentifier("bank"));
    }

    private static FabricOUIdentifier unit(String name) {
        return FabricOUIdentifier.newBuilder()
                .setOrganizationalUnitIdentifier(name)
                .build();
    }

    private static ByteString sign(KeyPair keys) {
        try {
            return SigningKey.of(keys.getPrivate()).sign(MESSAGE);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteString der(X509CRL list) throws Exception {
        return ByteString.copyFrom(list.getEncoded());
    }

    private static TestAuthority authority(String name) {
        try {
            return TestAuthority.root(name);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            return TestAuthority.newKeys(Curve.P256);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate issue(TestAuthority issuer, String name, KeyPair keys) {
        try {
            return issuer.issue(issuer.leaf(name, "peer"), keys);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return new String(certificate.getEncoded(), StandardCharsets.ISO_8859_1);
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String armored(String der) {
        return new org.jangbu.msp.crypto.Pem("CERTIFICATE", ByteString.copyFrom(der, StandardCharsets.ISO_8859_1))
                .text();
    }

    private static String shown(BigInteger number) {
        if (number.equals(ORDER)) {
            return "n";
        }
        if (number.equals(ORDER.shiftRight(1))) {
            return "n/2";
        }
        return number.signum() < 0 ? "-n/2" : number.toString();
    }
}
