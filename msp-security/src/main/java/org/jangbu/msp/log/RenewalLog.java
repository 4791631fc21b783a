package org.jangbu.msp.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** The numbered messages of the renewal of certificates. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 1260, max = 1279)
public interface RenewalLog {
    /** Writes under the category {@code org.jangbu.msp.renewal}. */
    RenewalLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), RenewalLog.class, "org.jangbu.msp.renewal");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1260, value = "%s: the %s certificate was renewed: serial %s, ends %s")
    void renewed(String holder, String kind, String serial, String end);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 1261,
            value = "%s: the %s certificate, which ends %s, was not renewed (failure %s in a row): %s; next attempt %s")
    void notRenewed(String holder, String kind, String end, int failures, String reason, String next);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1262, value = "%s signs with certificate %s from now on, which ends %s")
    void takenUp(String holder, String serial, String end);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1263, value = "%s: new files are not taken up, the ones before stay in use: %s")
    void notTakenUp(String holder, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1264, value = "HTTPS shows certificate %s from now on, which ends %s")
    void httpsReloaded(String serial, String end);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1265, value = "%s: the former key %s was removed")
    void formerKeyRemoved(String holder, String file);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1266, value = "%s: certificates are renewed from %s")
    void renewsFrom(String holder, String authorities);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1267, value = "Certificates are not looked after until the next attempt")
    void lookFailed(@Cause Throwable cause);
}
