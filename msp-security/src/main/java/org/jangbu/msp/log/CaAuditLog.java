package org.jangbu.msp.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** The audit trail of the certificate authorities: each use of their keys and each change of their registries. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 1200, max = 1219)
public interface CaAuditLog {
    /** Writes under the category {@code org.jangbu.audit}. */
    CaAuditLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), CaAuditLog.class, "org.jangbu.audit");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1200, value = "CA %s issued certificate %s to %s, profile %s, valid until %s")
    void issued(String authority, String serial, String owner, String profile, String expiry);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1201, value = "CA %s revoked certificate %s of %s: %s")
    void revoked(String authority, String serial, String owner, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1202, value = "CA %s: identity %s revoked by %s")
    void identityRevoked(String authority, String id, String by);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1203, value = "CA %s: identity %s of type %s registered by %s")
    void registered(String authority, String id, String type, String by);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1204, value = "CA %s: identity %s changed by %s")
    void modified(String authority, String id, String by);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1205, value = "CA %s: identity %s removed by %s")
    void removed(String authority, String id, String by);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1206, value = "CA %s adopted certificate %s of %s, type %s")
    void adopted(String authority, String serial, String owner, String type);
}
