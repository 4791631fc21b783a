package org.jangbu.msp.log;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** The numbered messages of msp-security. A number is never used twice, not even after its message is gone. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 1000, max = 1099)
public interface MspLog extends BasicLogger {
    /** Writes under the category {@code org.jangbu.msp}. */
    MspLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), MspLog.class, "org.jangbu.msp");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1001, value = "ECDSA by %s")
    void provider(String name);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1002, value = "Crypto provider %s is present but cannot be used")
    void providerUnusable(String name, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 1003,
            value = "MSP %s: a revocation list that names the issuer %s is not signed by it and counts for nothing")
    void revocationListNotSignedByIssuer(String mspId, String issuer);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1004, value = "%s is ignored: %s")
    void mspFileIgnored(String file, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 1014,
            value = "A revocation list of the issuer %s does not say which key signed it and counts for nothing")
    void revocationListWithoutKey(String issuer);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1015, value = "%d revocation lists below %s count at the doors from now on")
    void revocationLists(int count, String folder);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1010, value = "%s managed identities in %s")
    void managedIdentities(int count, String folder);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1011, value = "Sign-in as %s is refused for a while: too many wrong passwords")
    void tooManyFailures(String user);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1016, value = "Sign-in as %s is refused: the authorities %s know that id, and the MSP was not said")
    void signInAmbiguous(String user, List<String> authorities);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1017, value = "Sign-in as %s by CA %s is refused: %s")
    void signInRefused(String user, String authority, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1012, value = "A managed identity cannot be used")
    void managedIdentityUnusable(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1013, value = "No managed identities: %s is not set")
    void noManagedIdentities(String setting);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1005, value = "The private key %s may be read or changed by others (%s)")
    void keyOpenToOthers(String file, String permissions);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1006, value = "%s: the %s certificate of %s ends %s")
    void certificateEnds(String holder, String kind, String subject, String end);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1007, value = "%s: the %s certificate of %s ended %s")
    void certificateEnded(String holder, String kind, String subject, String end);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1008, value = "Nobody can tell when this certificate ends: %s")
    void certificateUnreadable(String reason);
}
