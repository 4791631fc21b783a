package org.jangbu.tests.server;

import org.jboss.arquillian.container.spi.event.UnDeployManagedDeployments;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;

/** Has the server up before Arquillian looks for it, and takes it down after all tests. */
public final class TrialServerExtension implements LoadableExtension {
    private static final int BEFORE_ALL_OTHERS = 1000;
    private static final int AFTER_ALL_OTHERS = -1000;

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Observer.class);
    }

    /** Arquillian makes one of it. */
    public static final class Observer {
        /** A first test is about to run. */
        public void start(@Observes(precedence = BEFORE_ALL_OTHERS) BeforeSuite event) throws Exception {
            TrialServer.start();
        }

        /** The tests of a class have run. What they deployed stays: each undeployment would cost the next class half a minute. */
        public void keep(
                @Observes(precedence = BEFORE_ALL_OTHERS) EventContext<UnDeployManagedDeployments> undeployment) {
            // Whoever does not proceed keeps the event from all others.
        }

        /** No more tests. */
        public void stop(@Observes(precedence = AFTER_ALL_OTHERS) AfterSuite event) throws Exception {
            TrialServer.stop();
        }
    }
}
