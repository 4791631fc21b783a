package org.jangbu.peer.host.micrometer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.LedgerId;
import org.jangbu.msp.expiry.CertificateKind;
import org.jangbu.peer.deliver.PipelineStatus;
import org.jangbu.peer.host.HostMetrics;

/**
 * The figures under Fabric's names, with the node as a further label, since a server hosts several. A name that a stranger makes up never
 * becomes a label: channels not joined here and chaincodes that have committed nothing count as {@code other}.
 *
 * <p>Meters are made by the registry's own methods and kept here: WildFly's registry of an application shows no meter that a builder
 * registers, and looks one up at each call.
 */
public final class MicrometerMetrics implements HostMetrics, AutoCloseable {
    /** Every name here begins with one of these. */
    private static final List<String> PREFIXES = List.of("endorser_", "ledger_", "deliver_blocks_", "certificate_");

    private static final String OTHER = "other";
    private static final int MOST_NAMES = 1_000;

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter endorsed;
    private final Counter refused;
    private final Map<Tags, Counter> failures = new ConcurrentHashMap<>();
    private final Map<Tags, Counter> transactions = new ConcurrentHashMap<>();
    private final Map<Tags, Timer> durations = new ConcurrentHashMap<>();
    private final Set<String> knownNames = ConcurrentHashMap.newKeySet();

    /** What the ledgers' meters read; held here, since the registry holds it weakly, and replaced when a ledger is opened again. */
    private final Map<LedgerId, Measured> ledgers = new ConcurrentHashMap<>();

    /** Likewise what the certificates' gauges read. */
    private final Map<Tags, Ending> certificates = new ConcurrentHashMap<>();

    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.received = registry.counter("endorser_proposals_received");
        this.endorsed = registry.counter("endorser_successful_proposals");
        this.refused = registry.counter("endorser_proposal_validation_failures");
    }

    /**
     * Takes the meters out of the registry. It outlives the application: it would keep the application's classes, and give the next one,
     * which asks for a meter of the same name, this one's, which measures nothing any more.
     */
    @Override
    public void close() {
        registry.getMeters().stream()
                .filter(meter -> PREFIXES.stream().anyMatch(meter.getId().getName()::startsWith))
                .forEach(registry::remove);
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
        failures.computeIfAbsent(
                        labels(channel, chaincode),
                        tags -> registry.counter("endorser_proposal_simulation_failures", tags))
                .increment();
    }

    @Override
    public void proposalDuration(String channel, String chaincode, boolean success, Duration duration) {
        durations
                .computeIfAbsent(
                        labels(channel, chaincode).and("success", Boolean.toString(success)),
                        tags -> registry.timer("endorser_proposal_duration", tags))
                .record(duration);
    }

    @Override
    public void ledgerOpened(LedgerId ledger, Supplier<PipelineStatus> status) {
        knownNames.add(ledger.channel().value());
        Measured fresh = new Measured(status);
        Measured existing = ledgers.putIfAbsent(ledger, fresh);
        if (existing != null) {
            existing.status = status;
            return;
        }
        Tags tags = of(ledger);
        registry.gauge("ledger_blockchain_height", tags, fresh, m -> m.now().height());
        registry.gauge("deliver_blocks_waiting", tags, fresh, m -> m.now().waiting());
        registry.more()
                .counter(
                        "deliver_blocks_refused", tags, fresh, m -> m.counters().refused());
        registry.more()
                .counter(
                        "deliver_blocks_fetched", tags, fresh, m -> m.counters().fetched());
        timer("ledger_block_processing_time", tags, fresh, c -> nanos(c.validating()) + nanos(c.committing()));
        timer("ledger_block_validation_time", tags, fresh, c -> nanos(c.validating()));
        timer("ledger_blockstorage_and_statedb_commit_time", tags, fresh, c -> nanos(c.committing()));
    }

    @Override
    public void certificate(String holder, CertificateKind kind, DoubleSupplier end) {
        Tags tags = Tags.of("node", holder, "certificate", kind.label());
        Ending fresh = new Ending(end);
        Ending existing = certificates.putIfAbsent(tags, fresh);
        if (existing != null) {
            existing.end = end;
            return;
        }
        registry.gauge("certificate_not_after_seconds", tags, fresh, measured -> measured.end.getAsDouble());
    }

    @Override
    public void certificateRenewal(String node, CertificateKind kind, boolean renewed) {
        Tags tags = Tags.of("node", node, "certificate", kind.label());
        // Both, so that whoever asks for failures finds none instead of nothing.
        Counter successes = registry.counter("certificate_renewals", tags);
        Counter failed = registry.counter("certificate_renewal_failures", tags);
        (renewed ? successes : failed).increment();
    }

    @Override
    public void blockCommitted(LedgerId ledger, ValidatedBlock block) {
        List<ByteString> envelopes = block.block().getData().getDataList();
        for (int i = 0; i < envelopes.size(); i++) {
            Tags tags = of(ledger)
                    .and("validation_code", block.transactions().get(i).code().name())
                    .and(described(envelopes.get(i)));
            transactions
                    .computeIfAbsent(tags, t -> registry.counter("ledger_transaction_count", t))
                    .increment();
        }
    }

    private static Tags of(LedgerId ledger) {
        return Tags.of(
                "channel", ledger.channel().value(), "node", ledger.node().value());
    }

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
            return Tags.of("transaction_type", type == null ? OTHER : type.name(), "chaincode", remembered(chaincode));
        } catch (InvalidProtocolBufferException e) {
            return Tags.of("transaction_type", OTHER, "chaincode", OTHER);
        }
    }

    /** The name of a chaincode of a committed transaction; of these there are only so many. */
    private String remembered(String name) {
        if (name.isEmpty() || knownNames.contains(name)) {
            return name;
        }
        boolean room = ChaincodeName.isValid(name) && knownNames.size() < MOST_NAMES;
        return room && knownNames.add(name) ? name : OTHER;
    }

    private Tags labels(String channel, String chaincode) {
        return Tags.of(
                "channel", knownNames.contains(channel) ? channel : OTHER,
                "chaincode", knownNames.contains(chaincode) ? chaincode : OTHER);
    }

    private void timer(String name, Tags tags, Measured ledger, ToDoubleFunction<PipelineStatus.Counters> total) {
        registry.more()
                .timer(
                        name,
                        tags,
                        ledger,
                        m -> m.counters().blocks(),
                        m -> total.applyAsDouble(m.counters()),
                        TimeUnit.NANOSECONDS);
    }

    private static double nanos(Duration duration) {
        return duration.toNanos();
    }

    /** One ledger as it is being measured. */
    private static final class Measured {
        private volatile Supplier<PipelineStatus> status;

        private Measured(Supplier<PipelineStatus> status) {
            this.status = status;
        }

        private PipelineStatus now() {
            return status.get();
        }

        private PipelineStatus.Counters counters() {
            return now().counters();
        }
    }

    /** A certificate as it is being measured. */
    private static final class Ending {
        private volatile DoubleSupplier end;

        private Ending(DoubleSupplier end) {
            this.end = end;
        }
    }
}
