package org.jangbu.ordering.broadcast;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.msp.identity.SigningIdentity;

/** Batches as the door makes them of configuration updates. */
public final class Configurations {
    private Configurations() {}

    public static Batch batch(ChannelConfig config, ByteString update, SigningIdentity orderer) throws Exception {
        ByteString made = new ConfigTransactions(orderer, Clock.systemUTC(), new SecureRandom())
                .make(config, ParsedEnvelope.parse(update));
        return new Batch(
                UUID.randomUUID(),
                config.channel(),
                config.sequence(),
                List.of(new Batch.Entry(made, Instant.ofEpochMilli(System.currentTimeMillis()))));
    }
}
