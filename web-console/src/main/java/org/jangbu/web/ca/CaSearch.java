package org.jangbu.web.ca;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CertificateFilter;

/** Which certificates a query asks for. */
final class CaSearch {
    private static final String HEXADECIMAL = "[0-9a-f]{0,64}";

    private CaSearch() {}

    static CertificateFilter filter(CaRequest request, Instant now) throws CaException {
        CertificateFilter.Bounds expiry = bounds(request, "expired", now);
        CertificateFilter.Bounds revoked = bounds(request, "revoked", now);
        boolean notExpired = request.flag("notexpired");
        boolean notRevoked = request.flag("notrevoked");
        if ((notExpired && expiry.any()) || (notRevoked && revoked.any())) {
            throw invalid("a time and its opposite are asked for at once");
        }
        String owner = request.parameter("id");
        return new CertificateFilter(
                Affiliation.ROOT,
                Optional.of(owner).filter(text -> !text.isEmpty()).map(CaSearch::printable),
                number(request.parameter("serial")),
                number(request.parameter("aki")),
                notExpired ? new CertificateFilter.Bounds(Optional.of(now), Optional.empty()) : expiry,
                revoked,
                notRevoked);
    }

    private static CertificateFilter.Bounds bounds(CaRequest request, String what, Instant now) throws CaException {
        return new CertificateFilter.Bounds(
                CaTimes.parse(request.parameter(what + "_start"), now, what + "_start"),
                CaTimes.parse(request.parameter(what + "_end"), now, what + "_end"));
    }

    /** A text that PostgreSQL cannot take names nobody either. */
    private static String printable(String owner) {
        return owner.replace('\0', '?');
    }

    private static Optional<String> number(String text) throws CaException {
        String digits = text.toLowerCase(Locale.ROOT).replace(":", "");
        if (!digits.matches(HEXADECIMAL)) {
            throw invalid("serial and aki are hexadecimal");
        }
        return Optional.of(digits.replaceFirst("^0+", "")).filter(number -> !number.isEmpty());
    }

    private static CaException invalid(String reason) {
        return CaException.of(400, CaError.GETTING_CERTIFICATES, "Invalid Request: " + reason);
    }
}
