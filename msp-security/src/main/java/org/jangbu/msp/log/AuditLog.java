package org.jangbu.msp.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** The audit trail: each use of a private key that the server keeps for somebody. Category {@code org.jangbu.audit}. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 1100, max = 1199)
public interface AuditLog {
    /** Writes under the category {@code org.jangbu.audit}. */
    AuditLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), AuditLog.class, "org.jangbu.audit");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1100, value = "channel %s transaction %s: %s of %s signed %s (sha-256 %s)")
    void signed(String channel, String transaction, String user, String mspId, String what, String digest);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1101, value = "%s of %s enrolled with roles %s, its key kept by this server")
    void enrolled(String user, String mspId, String roles);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1102, value = "%s was removed, its key deleted")
    void removed(String user);

    @LogMessage(level = Logger.Level.INFO)
    @Message(
            id = 1105,
            value = "%s enrolled by signing in, with roles %s, at CA %s: certificate %s, its key kept by this server")
    void enrolledAtSignIn(String user, String roles, String authority, String serial);

    @LogMessage(level = Logger.Level.INFO)
    @Message(
            id = 1109,
            value = "the %s certificate of %s was renewed: %s by %s, until %s, in place of %s, until %s; key %s")
    void renewed(
            String kind,
            String holder,
            String serial,
            String authority,
            String end,
            String formerSerial,
            String formerEnd,
            String key);
}
