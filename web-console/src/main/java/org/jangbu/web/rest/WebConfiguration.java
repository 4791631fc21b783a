package org.jangbu.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.client.UpdateSigning;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.NamedPeers;
import org.jangbu.web.client.LifecycleClient;
import org.jangbu.web.client.ManagedClient;
import org.jangbu.web.client.OneStep;
import org.jangbu.web.contract.ContractDescriptions;
import org.jangbu.web.http.BodyMemory;
import org.jangbu.web.settings.WebSettings;

/** Makes beans of plain classes: the settings, and the client that acts for managed identities. */
@ApplicationScoped
public class WebConfiguration {
    @Produces
    @Singleton
    Limits limits(Config config) {
        return new Limits(WebSettings.read(key -> config.getOptionalValue(key, String.class)));
    }

    @Produces
    @Singleton
    BodyMemory bodyMemory(Limits limits) {
        return new BodyMemory(limits.bodyMemory());
    }

    @Produces
    @Singleton
    UpdateSigning updateSigning() {
        return new UpdateSigning(Clock.systemUTC(), new SecureRandom());
    }

    @Produces
    @Singleton
    ManagedClient managedClient(Gateway gateway) {
        return new ManagedClient(gateway, new Proposals(Clock.systemUTC(), new SecureRandom()));
    }

    @Produces
    @Singleton
    LifecycleClient lifecycleClient(ManagedClient client) {
        return new LifecycleClient(client);
    }

    @Produces
    @Singleton
    ContractDescriptions contractDescriptions(ManagedClient client, LifecycleClient lifecycle) {
        return new ContractDescriptions(client, lifecycle, Clock.systemUTC());
    }

    @Produces
    @Singleton
    OneStep oneStep(LifecycleClient client, NamedPeers peers) {
        return new OneStep(client, peers);
    }
}
