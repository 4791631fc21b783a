package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Pem;

/** The revocation lists of one MSP as a configuration holds them, and how newer ones take their places. */
final class MspRevocations {
    private final FabricMSPConfig msp;
    private final List<X509Certificate> authorities = new ArrayList<>();
    private final List<Listed> lists = new ArrayList<>();

    private MspRevocations(FabricMSPConfig msp) {
        this.msp = msp;
    }

    /**
     * A list, and the bytes that stand for it in the configuration.
     *
     * @param issuer key identifier of the authority that signed it
     * @param number by which its authority counts its lists
     */
    private record Listed(ByteString bytes, X509CRL list, ByteString issuer, Optional<BigInteger> number) {
        static Listed read(ByteString bytes) throws GeneralSecurityException {
            if (bytes.size() > Pem.MAX_LENGTH) {
                throw new GeneralSecurityException("a revocation list is longer than " + Pem.MAX_LENGTH + " bytes");
            }
            X509CRL list = CertificateReader.revocationList(bytes.toByteArray());
            if (list == null) {
                throw new GeneralSecurityException("there is no revocation list in what is given as one");
            }
            Optional<byte[]> issuer = CertificateExtensions.authorityKeyIdentifier(list);
            return new Listed(
                    bytes,
                    list,
                    issuer.map(ByteString::copyFrom)
                            .orElseThrow(() -> new GeneralSecurityException(
                                    "a revocation list names no authority key identifier")),
                    CertificateExtensions.revocationListNumber(list));
        }

        /** As Fabric's tools keep them. */
        Listed asPem() throws GeneralSecurityException {
            String pem = new Pem("X509 CRL", ByteString.copyFrom(list.getEncoded())).text();
            return new Listed(ByteString.copyFromUtf8(pem), list, issuer, number);
        }

        boolean isOfSameIssuer(Listed other) {
            return issuer.equals(other.issuer);
        }

        Set<BigInteger> serials() {
            Set<BigInteger> serials = new HashSet<>();
            Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
            if (entries != null) {
                entries.forEach(entry -> serials.add(entry.getSerialNumber()));
            }
            return serials;
        }

        Instant madeAt() {
            return list.getThisUpdate().toInstant();
        }

        String words() {
            return madeAt() + number.map(n -> " (number " + n + ")").orElse("");
        }

        String issuerName() {
            return list.getIssuerX500Principal().getName();
        }
    }

    /** @throws ConfigUpdateException if what the configuration holds cannot be read */
    static MspRevocations of(FabricMSPConfig msp) throws ConfigUpdateException {
        MspRevocations revocations = new MspRevocations(msp);
        try {
            for (ByteString root : msp.getRootCertsList()) {
                revocations.authorities.add(CertificateReader.first(root.toByteArray()));
            }
            for (ByteString intermediate : msp.getIntermediateCertsList()) {
                revocations.authorities.add(CertificateReader.first(intermediate.toByteArray()));
            }
            for (ByteString list : msp.getRevocationListList()) {
                revocations.lists.add(Listed.read(list));
            }
            return revocations;
        } catch (GeneralSecurityException e) {
            throw new ConfigUpdateException("MSP " + msp.getName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The MSP with these lists in the places of those of the same authorities.
     *
     * @throws ConfigUpdateException if one is not signed by an authority of the MSP, or is older than the one it would replace
     */
    FabricMSPConfig with(List<ByteString> newer) throws ConfigUpdateException {
        List<Listed> kept = new ArrayList<>(lists);
        try {
            for (ByteString bytes : newer) {
                Listed list = Listed.read(bytes);
                requireSigned(list);
                for (Listed present : lists) {
                    if (present.isOfSameIssuer(list)) {
                        requireNewer(list, present);
                    }
                }
                kept.removeIf(list::isOfSameIssuer);
                kept.add(list.asPem());
            }
        } catch (GeneralSecurityException e) {
            throw new ConfigUpdateException("a revocation list cannot be read: " + e.getMessage(), e);
        }
        return msp.toBuilder()
                .clearRevocationList()
                .addAllRevocationList(kept.stream().map(Listed::bytes).toList())
                .build();
    }

    /**
     * Of lists of whatever authorities those that the MSP lacks: of each of its authorities the newest, if it is newer than the present one.
     *
     * @throws ConfigUpdateException if one of them cannot be read
     */
    List<ByteString> lacking(Collection<X509CRL> known) throws ConfigUpdateException {
        Map<ByteString, Listed> newest = new LinkedHashMap<>();
        try {
            for (X509CRL list : known) {
                Listed listed = Listed.read(ByteString.copyFrom(list.getEncoded()));
                if (isSigned(listed)) {
                    newest.merge(listed.issuer(), listed, MspRevocations::newer);
                }
            }
            for (Listed present : lists) {
                Listed found = newest.get(present.issuer());
                if (found != null && !isNewer(found, present)) {
                    newest.remove(present.issuer());
                }
            }
            return newest.values().stream().map(Listed::bytes).toList();
        } catch (GeneralSecurityException e) {
            throw new ConfigUpdateException("a revocation list cannot be read: " + e.getMessage(), e);
        }
    }

    private void requireSigned(Listed list) throws ConfigUpdateException, GeneralSecurityException {
        if (!isSigned(list)) {
            throw new ConfigUpdateException("the revocation list of " + list.issuerName()
                    + " is not signed by an authority of MSP " + msp.getName());
        }
    }

    private boolean isSigned(Listed list) throws GeneralSecurityException {
        for (X509Certificate authority : authorities) {
            Optional<byte[]> key = CertificateExtensions.subjectKeyIdentifier(authority);
            if (key.isPresent() && list.issuer().equals(ByteString.copyFrom(key.get())) && isSigned(list, authority)) {
                return true;
            }
        }
        return false;
    }

    private static Listed newer(Listed one, Listed other) {
        return isNewer(other, one) ? other : one;
    }

    /** By number, else by date. */
    private static boolean isNewer(Listed list, Listed present) {
        boolean numbered = list.number().isPresent() && present.number().isPresent();
        return numbered
                ? list.number().get().compareTo(present.number().get()) > 0
                : list.madeAt().isAfter(present.madeAt());
    }

    private static boolean isSigned(Listed list, X509Certificate authority) {
        try {
            CryptoProvider.ofThisServer().verify(list.list(), authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** It must be newer; and whoever is revoked on the channel stays so, whatever a list made for another purpose leaves out. */
    private static void requireNewer(Listed list, Listed present) throws ConfigUpdateException {
        if (!isNewer(list, present)) {
            throw new ConfigUpdateException("the revocation list of " + list.issuerName() + " of " + list.words()
                    + " is not newer than the channel's, of " + present.words());
        }
        Set<BigInteger> lost = present.serials();
        lost.removeAll(list.serials());
        if (!lost.isEmpty()) {
            throw new ConfigUpdateException("the revocation list of " + list.issuerName() + " leaves out " + lost.size()
                    + " certificates that the channel's list revokes, "
                    + lost.iterator().next().toString(16)
                    + " among them; hand in a complete list");
        }
    }
}
