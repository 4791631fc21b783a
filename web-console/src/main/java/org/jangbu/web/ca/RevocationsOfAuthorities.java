package org.jangbu.web.ca;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.log.CaLog;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.membership.RevocationSource;

/** What the authorities of this server's database have revoked, as last read: it counts at the doors of this server. */
final class RevocationsOfAuthorities implements RevocationSource {
    private final Supplier<Optional<List<String>>> published;
    private volatile RevocationNews news = RevocationNews.NONE;
    private boolean failing;

    /** @param published all lists, in PEM, if any has changed since it was last asked; throws if they cannot be had */
    RevocationsOfAuthorities(Supplier<Optional<List<String>>> published) {
        this.published = published;
    }

    @Override
    public RevocationNews current() {
        return news;
    }

    /** Reads what is new. While that cannot be had, what was known before counts; the log is told once. */
    synchronized void refresh() {
        try {
            published.get().ifPresent(lists -> news = RevocationNews.of(parsed(lists)));
            failing = false;
        } catch (RuntimeException e) {
            // Whatever it is: a timer calls this, and would not do so again.
            if (!failing) {
                CaLog.LOG.revocationsNotTold(e);
            }
            failing = true;
        }
    }

    /** A list that cannot be read keeps no other from counting. */
    private static List<X509CRL> parsed(List<String> lists) {
        List<X509CRL> parsed = new ArrayList<>();
        for (String list : lists) {
            try {
                parsed.add(CertificateReader.revocationList(list.getBytes(StandardCharsets.US_ASCII)));
            } catch (GeneralSecurityException e) {
                CaLog.LOG.revocationsNotTold(e);
            }
        }
        return parsed;
    }
}
