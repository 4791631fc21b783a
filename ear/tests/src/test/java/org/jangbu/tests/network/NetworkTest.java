package org.jangbu.tests.network;

import java.util.Objects;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A test against the application inside the server. It is deployed for the first one, and stays for the others. */
@ArquillianTest
@RunAsClient
public abstract class NetworkTest {
    private static final String APPLICATION = "jangbu";

    /** Arquillian's. */
    @ArquillianResource
    private @Nullable Deployer deployer;

    protected final Network network = new Network();

    /** The application as it was built. */
    @Deployment(name = APPLICATION, managed = false, testable = false)
    public static EnterpriseArchive application() throws QuickStartException {
        return ShrinkWrap.createFromZipFile(
                EnterpriseArchive.class, Artifacts.ofThisBuild().application().toFile());
    }

    @BeforeEach
    final void ready() throws Exception {
        if (!network.isDeployed()) {
            Objects.requireNonNull(deployer).deploy(APPLICATION);
        }
        network.awaitReady();
        network.defineContracts();
    }
}
