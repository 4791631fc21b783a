package org.jangbu.msp.renewal;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jangbu.msp.expiry.CertificateKind;

/** The certificate that a node shows to whoever connects. */
final class TlsRenewal implements Renewable {
    private final TlsFiles files;
    private final IdentityFiles msp;
    private final boolean newKeys;
    private final RenewalParts parts;
    private final AnswerCheck check;

    /** @param msp of the node, which names the authorities for TLS */
    TlsRenewal(String node, TlsFiles files, IdentityFiles msp, RenewalSettings settings, RenewalParts parts) {
        this.files = files;
        this.msp = msp;
        this.newKeys = settings.newKeys();
        this.parts = parts;
        this.check = new AnswerCheck(node, settings.rule(), parts.clock());
    }

    @Override
    public CertificateKind kind() {
        return CertificateKind.TLS;
    }

    @Override
    public Optional<CaPlace> authority(NodeAuthorities authorities) {
        return authorities.tls();
    }

    @Override
    public Optional<X509Certificate> certificate() throws IOException {
        return files.exist() ? Optional.of(files.read().certificate()) : Optional.empty();
    }

    @Override
    public Renewed renew(CaPlace authority) throws RenewalException, IOException, InterruptedException {
        files.requireWritable();
        TlsFiles.Pair former = files.read();
        IdentityRenewal.Keys keys = newKeys
                ? IdentityRenewal.Keys.fresh(former.key())
                : new IdentityRenewal.Keys(former.certificate().getPublicKey(), former.key());
        SigningRequest request = SigningRequest.like(former.certificate(), keys.open(), keys.signing());
        X509Certificate issued = parts.authorities()
                .reenroll(
                        authority,
                        new Reenrollment.Caller(former.certificate(), former.key()),
                        request,
                        Reenrollment.TLS_PROFILE);
        List<X509Certificate> chain = check.tls(
                former.certificate(), issued, request, msp.read().msp().msp().tlsAuthorities());
        WriteStep.all(files.replacing(new TlsFiles.Pair(chain, keys.signing())));
        return new Renewed(former.certificate(), issued, newKeys);
    }
}
