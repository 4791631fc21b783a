package org.jangbu.web.ca;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.HostedAuthorities;
import org.jangbu.msp.ca.RegistryException;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.log.CaLog;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.membership.RevocationSource;

/** What the authorities of this server have revoked: it counts at the doors of this server from that moment. */
final class RevocationsOfAuthorities implements RevocationSource {
    private volatile RevocationNews news = RevocationNews.NONE;

    @Override
    public RevocationNews current() {
        return news;
    }

    /** To be called when the authorities have been opened and whenever something has been revoked. */
    synchronized void refresh(HostedAuthorities authorities) {
        try {
            List<X509CRL> lists = new ArrayList<>();
            for (CertificateAuthority authority : authorities.all()) {
                lists.add(CertificateReader.revocationList(
                        authority.revocationList().getBytes(StandardCharsets.US_ASCII)));
            }
            news = RevocationNews.of(lists);
        } catch (CaException | RegistryException | GeneralSecurityException e) {
            CaLog.LOG.revocationsNotTold(e);
        }
    }
}
