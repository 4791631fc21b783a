package org.jangbu.peer.host.micrometer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.LedgerId;
import org.jangbu.peer.deliver.PipelineStatus;
import org.jangbu.peer.host.HostMetrics;

/**
 * The figures under Fabric's names, with the node as a further label where a server hosts several. A name that a stranger can make up never
 * becomes a label: unknown channels and chaincodes count as {@code other}.
 */
public final class MicrometerMetrics implements HostMetrics {
    private static final String OTHER = "other";
    private static final int MOST_NAMES = 1_000;

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter endorsed;
    private final Counter refused;
    private final java.util.Set<String> committed = java.util.concurrent.ConcurrentHashMap.newKeySet();

    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.received = registry.counter("endorser_proposals_received");
        this.endorsed = registry.counter("endorser_successful_proposals");
        this.refused = registry.counter("endorser_proposal_validation_failures");
    }

    @Override
    public void proposalReceived() {
        received.increment();
    }

    @Override
    public void proposalEndorsed() {
        endorsed.increment();
    }

    @Override
    public void proposalRefused() {
        refused.increment();
    }

    @Override
    public void simulationFailed(String channel, String chaincode) {
        registry.counter("endorser_proposal_simulation_failures", labels(channel, chaincode))
                .increment();
    }

    @Override
    public void proposalDuration(String channel, String chaincode, boolean success, Duration duration) {
        Timer.builder("endorser_proposal_duration")
                .tags(labels(channel, chaincode).and("success", Boolean.toString(success)))
                .publishPercentileHistogram(false)
                .register(registry)
                .record(duration);
    }

    @Override
    public void ledgerOpened(LedgerId ledger, Supplier<PipelineStatus> status) {
        committed.add(ledger.channel().value());
        Tags tags = Tags.of(
                "channel", ledger.channel().value(), "node", ledger.node().value());
        Gauge.builder("ledger_blockchain_height", status, s -> s.get().height())
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("deliver_blocks_waiting", status, s -> s.get().waiting())
                .tags(tags)
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder(
                        "deliver_blocks_refused",
                        status,
                        s -> s.get().counters().refused())
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "deliver_blocks_fetched",
                        status,
                        s -> s.get().counters().fetched())
                .tags(tags)
                .register(registry);
        timer("ledger_block_processing_time", tags, status, MicrometerMetrics::processing);
        timer("ledger_block_validation_time", tags, status, c -> nanos(c.validating()));
        timer("ledger_blockstorage_and_statedb_commit_time", tags, status, c -> nanos(c.committing()));
    }

    @Override
    public void blockCommitted(LedgerId ledger, ValidatedBlock block) {
        List<ByteString> envelopes = block.block().getData().getDataList();
        for (int i = 0; i < envelopes.size(); i++) {
            registry.counter(
                            "ledger_transaction_count",
                            Tags.of(
                                            "channel", ledger.channel().value(),
                                            "node", ledger.node().value(),
                                            "validation_code",
                                                    block.transactions()
                                                            .get(i)
                                                            .code()
                                                            .name())
                                    .and(described(envelopes.get(i))))
                    .increment();
        }
    }

    /** Type and chaincode of a transaction; of chaincodes no more than any channel has. */
    private Tags described(ByteString envelope) {
        try {
            ChannelHeader header = ChannelHeader.parseFrom(
                    Payload.parseFrom(Envelope.parseFrom(envelope).getPayload())
                            .getHeader()
                            .getChannelHeader());
            HeaderType type = HeaderType.forNumber(header.getType());
            String chaincode = type == HeaderType.ENDORSER_TRANSACTION
                    ? ChaincodeHeaderExtension.parseFrom(header.getExtension())
                            .getChaincodeId()
                            .getName()
                    : "";
            return Tags.of("transaction_type", type == null ? OTHER : type.name(), "chaincode", known(chaincode));
        } catch (InvalidProtocolBufferException e) {
            return Tags.of("transaction_type", OTHER, "chaincode", OTHER);
        }
    }

    private String known(String name) {
        if (committed.contains(name) || name.isEmpty()) {
            return name;
        }
        if (ChaincodeName.isValid(name) && committed.size() < MOST_NAMES) {
            committed.add(name);
            return name;
        }
        return OTHER;
    }

    private Tags labels(String channel, String chaincode) {
        return Tags.of(
                "channel", committed.contains(channel) ? channel : OTHER,
                "chaincode", committed.contains(chaincode) ? chaincode : OTHER);
    }

    private void timer(
            String name,
            Tags tags,
            Supplier<PipelineStatus> status,
            java.util.function.ToDoubleFunction<PipelineStatus.Counters> total) {
        FunctionTimer.builder(
                        name,
                        status,
                        s -> s.get().counters().blocks(),
                        s -> total.applyAsDouble(s.get().counters()),
                        TimeUnit.NANOSECONDS)
                .tags(tags)
                .register(registry);
    }

    private static double processing(PipelineStatus.Counters counters) {
        return nanos(counters.validating().plus(counters.committing()));
    }

    private static double nanos(Duration duration) {
        return duration.toNanos();
    }
}
