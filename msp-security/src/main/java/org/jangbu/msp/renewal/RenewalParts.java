package org.jangbu.msp.renewal;

import java.time.Clock;
import java.util.random.RandomGenerator;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.membership.RevocationSource;

/**
 * What renewals are made with.
 *
 * @param secrets open the nodes' keys
 * @param authorities asks them
 * @param revocations what this server knows of the revoked
 * @param listener counts
 * @param random spreads attempts after failures
 */
public record RenewalParts(
        KeySecrets secrets,
        Reenrollment authorities,
        RevocationSource revocations,
        RenewalListener listener,
        Clock clock,
        RandomGenerator random) {}
