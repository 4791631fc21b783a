package org.jangbu.chaincode.plugin.jars;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What plug-ins have to tell an operator. A number is never used twice. */
@MessageLogger(projectCode = "JANGBU", length = 4)
@ValidIdRange(min = 5150, max = 5199)
interface PluginLog extends BasicLogger {
    PluginLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), PluginLog.class, "org.jangbu.chaincode.plugin");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 5150, value = "Loaded plug-in %s")
    void loaded(String reference);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5151, value = "Plug-in %s threw")
    void threw(String reference, @Cause Throwable thrown);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 5152, value = "Plug-in %s has not answered within %s; its thread is given up until it ends by itself")
    void tooSlow(String reference, String limit);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5153, value = "The file %s in the folder of plug-ins is left out: %s")
    void leftOut(String file, String reason);
}
