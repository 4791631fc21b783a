package org.jangbu.ordering.sequence;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.jangbu.ledger.channel.ChannelConfig.OrdererSettings;
import org.jangbu.ledger.channel.ConsensusMetadata;
import org.jangbu.ordering.broadcast.Batch;

/**
 * The order of the envelopes of a batch: by the timestamp of the channel header, ties by arrival. A timestamp further than 15 minutes from
 * the admission, or none, counts as the admission time, so that a wrong or boastful clock gains nothing. The channel may ask for the order
 * of arrival instead: {@code order} being {@code ARRIVAL} in ConsensusType.metadata.
 */
final class BatchOrder {
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    private BatchOrder() {}

    /** The entries in the order in which they stand in blocks. */
    static List<Batch.Entry> of(List<Batch.Entry> arrived, OrdererSettings settings) {
        boolean byArrival = ConsensusMetadata.ORDER_BY_ARRIVAL.equals(
                settings.consensusMetadata().get(ConsensusMetadata.ORDER));
        if (byArrival || arrived.size() == 1) {
            return arrived;
        }
        return arrived.stream()
                .map(entry -> new Timed(entry, time(entry)))
                .sorted(Comparator.comparing(Timed::at)) // a stable sort: ties stay in order of arrival
                .map(Timed::entry)
                .toList();
    }

    private static Instant time(Batch.Entry entry) {
        try {
            Payload payload =
                    Payload.parseFrom(Envelope.parseFrom(entry.envelope()).getPayload());
            Timestamp stamp = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader())
                    .getTimestamp();
            // Fabric's timestamps stay within the years 1 to 9999; anything else is as good as none.
            if (Math.abs(stamp.getSeconds()) > 253_402_300_799L
                    || stamp.getNanos() < 0
                    || stamp.getNanos() > 999_999_999) {
                return entry.admitted();
            }
            Instant at = Instant.ofEpochSecond(stamp.getSeconds(), stamp.getNanos());
            return Duration.between(at, entry.admitted()).abs().compareTo(TOLERANCE) <= 0 ? at : entry.admitted();
        } catch (InvalidProtocolBufferException e) {
            return entry.admitted();
        }
    }

    private record Timed(Batch.Entry entry, Instant at) {}
}
