package org.jangbu.peer.host;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.gateway.PeerConnections;
import org.jangbu.peer.settings.PeerSettings;

/**
 * What a host is made of; the application server supplies it.
 *
 * @param home {@code jangbu.home}
 * @param nodes of this server; the same directory for all of its parts
 * @param proposals a bounded pool for simulations, and for completing what callers wait for
 * @param blocks a bounded pool for validation and commit
 * @param scheduler for waits; what runs on it is short
 * @param revocations what this server knows beside the channels' configurations, for doors
 * @param threads makes the threads on which contracts run, and the one that watches deadlines
 * @param others how peers of other servers are reached
 */
public record HostParts(
        Path home,
        NodeDirectory nodes,
        PeerSettings settings,
        LedgerOpener ledgers,
        Executor proposals,
        Executor blocks,
        ScheduledExecutorService scheduler,
        ThreadFactory threads,
        Clock clock,
        RevocationSource revocations,
        HostMetrics metrics,
        HealthRegistry health,
        PeerConnections.ByNode others) {}
