package org.jangbu.web.ca;

import java.util.List;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.RegistryTables;

/**
 * A call and whom it is for.
 *
 * @param revoked to be run when something may have been revoked
 */
record CaCall(CertificateAuthority authority, CaRequest request, Runnable revoked) {
    /** Does something for whoever signed the call. */
    <T> T signed(CertificateAuthority.Work<T> work) throws CaException {
        return authority.call(request.signed(), work);
    }

    /** As {@link #signed}, for work that may have revoked something. */
    <T> T signedRevoking(CertificateAuthority.Work<T> work) throws CaException {
        T done = signed(work);
        revoked.run();
        return done;
    }

    /** As much of a list as is shown. */
    static <T> List<T> shown(List<T> all) {
        return all.subList(0, Math.min(all.size(), RegistryTables.MOST_ROWS));
    }

    /** An answer that says so where only a part of a list is shown. */
    static CaAnswer bounded(CaAnswer answer, List<?> all) {
        return all.size() > RegistryTables.MOST_ROWS
                ? answer.withNote("There are more; these are the first " + RegistryTables.MOST_ROWS)
                : answer;
    }
}
