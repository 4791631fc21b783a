package org.jangbu.web.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** The numbered messages of web-console. A number is never used twice, not even after its message is gone. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 4000, max = 4099)
public interface WebLog extends BasicLogger {
    /** Writes under the category {@code org.jangbu.web}. */
    WebLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), WebLog.class, "org.jangbu.web");

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 4000, value = "%s %s failed; the caller was told reference %s")
    void requestFailed(String method, String path, String reference, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4001, value = "%s %s: the database or another part is away: %s")
    void partAway(String method, String path, String cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 4010, value = "%s signed in to the console")
    void signedIn(String user);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 4011, value = "%s signed out of the console")
    void signedOut(String user);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4012, value = "%s was refused: wrong name or password")
    void refused(String path);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4013, value = "A form from another site was refused: %s from %s")
    void foreignForm(String path, String origin);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 4020, value = "A client certificate was refused: %s")
    void certificateRefused(String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4021, value = "%s proved who it is and was refused: %s")
    void identityRefused(String user, String reason);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 4022, value = "A token was refused: %s")
    void tokenRefused(String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4023, value = "The issuer of OpenID Connect cannot be asked: %s")
    void issuerAway(String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 4024, value = "Nobody was signed in by OpenID Connect: %s")
    void signInRefused(String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4025, value = "Nobody can tell now who may sign in: %s")
    void signInUnavailable(String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 4030, value = "%s serves gRPC at %s%s")
    void grpcOpen(String node, String address, String clients);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 4031, value = "gRPC is closed")
    void grpcClosed();

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 4032, value = "%s shows gRPC clients another TLS certificate, valid until %s")
    void grpcCertificate(String node, String end);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4033, value = "%s shows gRPC clients the TLS certificate it had: %s")
    void grpcCertificateUnreadable(String node, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4034, value = "gRPC at %s has not ended within its time; what was left was cut off")
    void grpcNotEnded(String address);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 4035, value = "Blocks are refused: %s %s")
    void seekRefused(String status, String reason);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 4040, value = "A stream of events has ended: %s")
    void eventsEnded(String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4041, value = "A stream of events cannot go on")
    void eventsFailed(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 4042, value = "A reader of events was given up: it took nothing for more than %d s")
    void readerGivenUp(long seconds);
}
