package org.jangbu.msp.renewal;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.expiry.CertificateKind;
import org.jangbu.msp.identity.CurrentSigner;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.log.AuditLog;
import org.jangbu.msp.log.RenewalLog;

/** Looks after the certificates of one node: takes up new files, and renews what is due. One thread at a time. */
final class NodeRenewal {
    private static final Duration TIDYING = Duration.ofHours(1);

    private final RenewingNode node;
    private final RenewalParts parts;
    private final IdentityFiles identity;
    private final TlsFiles tls;
    private final List<Watched> certificates;

    /** What was last told of, so that the log has it once. */
    private volatile String toldTrouble = "";

    private String trouble = "";
    private NodeAuthorities authorities = NodeAuthorities.NONE;
    private Instant nextTidying = Instant.MIN;

    NodeRenewal(RenewingNode node, RenewalSettings settings, RenewalParts parts) {
        this.node = node;
        this.parts = parts;
        KeySecrets secrets = parts.secrets();
        this.identity =
                new IdentityFiles(node.home().resolve("msp"), node.signer().mspId(), secrets);
        this.tls = new TlsFiles(node.home().resolve("tls"), secrets.secret());
        this.certificates = Stream.of(
                        new IdentityRenewal(node.name(), identity, settings, parts),
                        new TlsRenewal(node.name(), tls, identity, settings, parts))
                .map(each -> new Watched(each, new Attempts(node.name(), settings.rule(), parts.random())))
                .toList();
    }

    /** A certificate and what has been tried for it. */
    private record Watched(Renewable certificate, Attempts attempts) {}

    String name() {
        return node.name();
    }

    TlsFiles tls() {
        return tls;
    }

    /** A certificate whose last attempt has failed. */
    record Failure(CertificateKind kind, Attempts.State state) {}

    /** Those whose last attempt has failed. */
    List<Failure> failures() {
        return certificates.stream()
                .flatMap(each ->
                        each
                                .attempts()
                                .failure()
                                .map(state -> new Failure(each.certificate().kind(), state))
                                .stream())
                .toList();
    }

    /** Why files that lie there are not used; empty if they are. */
    String trouble() {
        return toldTrouble;
    }

    /** Each part is tried whatever has become of the others: files that cannot be used must not keep another certificate from its renewal. */
    void look() throws InterruptedException {
        Set<String> troubles = new LinkedHashSet<>();
        attempt(this::takeUp, troubles);
        attempt(tls::settle, troubles);
        attempt(this::readAuthorities, troubles);
        for (Watched each : certificates) {
            attempt(() -> renewIfDue(each), troubles);
        }
        attempt(this::takeUp, troubles);
        attempt(this::removeFormerKeys, troubles);
        tell(String.join("; ", troubles));
    }

    /** A part of a look. */
    private interface Part {
        void run() throws IOException, InterruptedException;
    }

    private static void attempt(Part part, Set<String> troubles) throws InterruptedException {
        try {
            part.run();
        } catch (IOException | RuntimeException e) {
            troubles.add(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** Files are copied one after the other: what does not fit together is told only if it is still so at the next look. */
    private void tell(String reason) {
        if (reason.isEmpty()) {
            toldTrouble = "";
        } else if (reason.equals(trouble) && !reason.equals(toldTrouble)) {
            RenewalLog.LOG.notTakenUp(node.name(), reason);
            toldTrouble = reason;
        }
        trouble = reason;
    }

    private void takeUp() throws IOException {
        CurrentSigner signer = node.signer();
        if (identity.certificate().equals(signer.certificate())) {
            return;
        }
        IdentityFiles.Found found = identity.read();
        X509Certificate next = found.identity().certificate();
        Instant now = parts.clock().instant();
        if (next.getNotBefore().toInstant().isAfter(now)
                || next.getNotAfter().toInstant().isBefore(now)) {
            throw new IOException("the certificate in signcerts is not valid now");
        }
        try {
            found.membership().validate(found.identity().identity());
        } catch (IdentityException e) {
            throw new IOException("the certificate in signcerts is refused by the MSP: " + e.getMessage(), e);
        }
        signer.replace(found.identity());
        RenewalLog.LOG.takenUp(
                node.name(),
                next.getSerialNumber().toString(16),
                next.getNotAfter().toInstant().toString());
    }

    private void readAuthorities() throws IOException {
        NodeAuthorities read = NodeAuthorities.read(node.home());
        if (!read.equals(authorities)) {
            authorities = read;
            RenewalLog.LOG.renewsFrom(node.name(), read.toString());
        }
    }

    private void renewIfDue(Watched each) throws IOException, InterruptedException {
        Optional<CaPlace> authority = each.certificate().authority(authorities);
        if (authority.isEmpty() || !isDue(each)) {
            return;
        }
        Optional<FolderLock> lock = FolderLock.tryLock(node.home());
        if (lock.isEmpty()) {
            return;
        }
        try {
            // Another server may have been faster.
            if (isDue(each)) {
                renew(each, authority.get());
            }
        } finally {
            lock.get().close();
        }
    }

    private boolean isDue(Watched each) throws IOException {
        Optional<X509Certificate> now = each.certificate().certificate();
        return now.isPresent()
                && each.attempts().areDue(now.get(), parts.clock().instant());
    }

    private void renew(Watched each, CaPlace authority) throws IOException, InterruptedException {
        CertificateKind kind = each.certificate().kind();
        try {
            Renewable.Renewed renewed = each.certificate().renew(authority);
            each.attempts().succeeded(parts.clock().instant());
            tell(kind.label(), authority, renewed);
            parts.listener().attempted(node.name(), kind, true);
        } catch (RenewalException | IOException | RuntimeException e) {
            parts.listener().attempted(node.name(), kind, false);
            tellFailure(each, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void tellFailure(Watched each, String reason) throws IOException {
        X509Certificate current = each.certificate()
                .certificate()
                .orElseThrow(() -> new IOException("the certificate has gone while it was renewed"));
        Attempts.State state =
                each.attempts().failed(current, reason, parts.clock().instant());
        RenewalLog.LOG.notRenewed(
                node.name(),
                each.certificate().kind().label(),
                current.getNotAfter().toInstant().toString(),
                state.failures(),
                state.reason(),
                state.next().toString());
    }

    private void tell(String kind, CaPlace authority, Renewable.Renewed renewed) {
        X509Certificate next = renewed.certificate();
        String serial = next.getSerialNumber().toString(16);
        String end = next.getNotAfter().toInstant().toString();
        RenewalLog.LOG.renewed(node.name(), kind, serial, end);
        AuditLog.LOG.renewed(
                kind,
                node.name(),
                serial,
                authority.toString(),
                end,
                renewed.former().getSerialNumber().toString(16),
                renewed.former().getNotAfter().toInstant().toString(),
                renewed.newKey() ? "new" : "the same");
    }

    private void removeFormerKeys() throws IOException {
        Instant now = parts.clock().instant();
        if (now.isBefore(nextTidying)) {
            return;
        }
        nextTidying = now.plus(TIDYING);
        for (String file : identity.removeFormerKeys(now)) {
            RenewalLog.LOG.formerKeyRemoved(node.name(), file);
        }
    }
}
