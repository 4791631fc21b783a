package org.jangbu.msp.renewal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.expiry.CertificateKind;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.membership.ChannelMembership;

/** The certificate that a node signs with. */
final class IdentityRenewal implements Renewable {
    private final String node;
    private final IdentityFiles files;
    private final boolean newKeys;
    private final RenewalParts parts;
    private final AnswerCheck check;

    IdentityRenewal(String node, IdentityFiles files, RenewalSettings settings, RenewalParts parts) {
        this.node = node;
        this.files = files;
        this.newKeys = settings.newKeys();
        this.parts = parts;
        this.check = new AnswerCheck(node, settings.rule(), parts.clock());
    }

    @Override
    public CertificateKind kind() {
        return CertificateKind.IDENTITY;
    }

    @Override
    public Optional<CaPlace> authority(NodeAuthorities authorities) {
        return authorities.identities();
    }

    @Override
    public Optional<X509Certificate> certificate() throws IOException {
        return Optional.of(files.certificate());
    }

    @Override
    public Renewed renew(CaPlace authority) throws RenewalException, IOException, InterruptedException {
        IdentityFiles.Found found = files.read();
        KeySigningIdentity former = found.identity();
        ChannelMembership membership = found.membership();
        requireStanding(membership, former);
        boolean newKey = newKeys && !found.key().inToken();
        files.requireWritable(newKey);
        Keys keys = newKey ? Keys.fresh(former) : new Keys(former.certificate().getPublicKey(), former.key());
        SigningRequest request = SigningRequest.like(former.certificate(), keys.open(), keys.signing());
        X509Certificate issued = parts.authorities()
                .reenroll(
                        authority,
                        new Reenrollment.Caller(former.certificate(), former.key()),
                        request,
                        Reenrollment.IDENTITY_PROFILE);
        check.identity(former.identity(), identity(former, issued), request, membership);
        List<WriteStep> steps = newKey
                ? files.replacing(
                        found.key(), keys.signing(), issued, parts.clock().instant())
                : files.replacing(issued);
        WriteStep.all(steps);
        return new Renewed(former.certificate(), issued, newKey);
    }

    /** Whoever is revoked asks for nothing: the authority would refuse, and if it did not, it should have. */
    private void requireStanding(ChannelMembership membership, KeySigningIdentity own) throws RenewalException {
        try {
            membership.validate(own.identity());
            membership.checkNotRevoked(own.identity(), parts.revocations().current());
        } catch (IdentityException e) {
            throw new RenewalException(
                    node + " is no valid member of its MSP, so nobody is asked: " + e.getMessage(), e);
        }
    }

    private static X509Identity identity(KeySigningIdentity former, X509Certificate issued) throws RenewalException {
        try {
            return X509Identity.parse(X509Identity.serialize(former.mspId(), issued));
        } catch (IdentityException e) {
            throw new RenewalException("the authority's answer is refused: " + e.getMessage(), e);
        }
    }

    /** The key that a certificate is asked for. */
    record Keys(PublicKey open, SigningKey signing) {
        /** New ones, on the curve of the former. */
        static Keys fresh(KeySigningIdentity former) throws RenewalException {
            return fresh(former.key());
        }

        static Keys fresh(SigningKey former) throws RenewalException {
            try {
                KeyPair pair = CryptoProvider.ofThisServer().generate(former.curve());
                return new Keys(pair.getPublic(), SigningKey.of(pair.getPrivate()));
            } catch (GeneralSecurityException e) {
                throw new RenewalException("no new key can be made", e);
            }
        }
    }
}
