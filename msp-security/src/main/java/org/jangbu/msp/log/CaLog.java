package org.jangbu.msp.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** The numbered messages of the certificate authorities. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 1220, max = 1239)
public interface CaLog {
    /** Writes under the category {@code org.jangbu.msp.ca}. */
    CaLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), CaLog.class, "org.jangbu.msp.ca");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1220, value = "CA %s of %s is open (port %s)")
    void opened(String authority, String mspId, String port);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1221, value = "CA: %s %s refused with %s, code %s: %s")
    void refused(String method, String path, int status, int code, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1222, value = "The certificate authorities cannot be opened; callers are told to try again")
    void notOpened(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1224, value = "CA: %s %s: the registry is not available")
    void notAvailable(String method, String path, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1223, value = "CA: %s %s failed; the caller was told reference %s")
    void failed(String method, String path, String reference, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(
            id = 1225,
            value =
                    "What certificate authorities have revoked since the last look does not count at this server's doors yet; it looks again every few seconds")
    void revocationsNotTold(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1226, value = "CA %s does not adopt %s: %s")
    void notAdopted(String authority, String file, String reason);
}
