package org.jangbu.peer.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.peer.validate.FakePlugins;
import org.jangbu.peer.validate.MemoryPeerLedger;
import org.jangbu.peer.validate.RwSets;
import org.jangbu.peer.validate.TestChannel;
import org.jangbu.peer.validate.TestTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without its plug-in a channel halts with an alarm, alone, and goes on by itself once the plug-in is there. */
class PluginPipelineTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final DeliverSettings SETTINGS = new DeliverSettings(
            8,
            1 << 20,
            3,
            Duration.ofMillis(300),
            Duration.ofMillis(10),
            Duration.ofMillis(10),
            Duration.ofMillis(40),
            Duration.ofHours(1));

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final FakePlugins plugins = new FakePlugins();
    private final MemoryPeerLedger limited = limited();
    private final MemoryPeerLedger usual = TestChannel.ledger();
    private final ChannelPipeline halting = pipeline(limited);
    private final ChannelPipeline other = pipeline(usual);
    private final TestChannel channel = new TestChannel();

    @AfterEach
    void stop() {
        halting.close();
        other.close();
        scheduler.shutdownNow();
        executor.shutdownNow();
    }

    private static MemoryPeerLedger limited() {
        MemoryPeerLedger ledger = TestChannel.ledger();
        TestChannel.define(ledger, "limited", TestChannel.BOTH, FakePlugins.LIMIT);
        return ledger;
    }

    private ChannelPipeline pipeline(MemoryPeerLedger ledger) {
        return new ChannelPipeline(
                ledger,
                TestChannel.CONFIG,
                new PipelineResources(new BlocksAtHand(), executor, scheduler, 1, SETTINGS, List.of(), plugins));
    }

    @Test
    void a_channel_without_its_plugin_halts_alone_and_goes_on_when_the_plugin_comes() {
        offer(
                channel.next(TestTransaction.writing("a", "1").bytes()),
                channel.next(limited("b").bytes()),
                channel.next(TestTransaction.writing("c", "1").bytes()));

        await().atMost(LONG).until(() -> halting.status().halted().isPresent());
        assertThat(halting.status().halted().orElseThrow())
                .startsWith("block 2: transaction ")
                .endsWith("plug-in " + FakePlugins.LIMIT + " is not here");
        assertThat(halting.status().isHealthy()).isFalse();
        assertThat(halting.status().trouble()).isEmpty();
        assertThat(limited.height()).isEqualTo(2);
        await().atMost(LONG).until(() -> usual.height() == 4);
        assertThat(other.status().isHealthy()).isTrue();

        plugins.validates(transaction -> Decision.refuse("over the limit"));
        await().atMost(LONG).until(() -> limited.height() == 4);
        assertThat(codes(2)).containsExactly(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        assertThat(codes(3)).containsExactly(TxValidationCode.VALID);
        assertThat(halting.status().isHealthy()).isTrue();
    }

    @Test
    void a_plugin_that_throws_is_asked_again_and_no_verdict_is_made_of_that() {
        AtomicInteger asked = new AtomicInteger();
        plugins.validates(transaction -> {
            if (asked.incrementAndGet() < 4) {
                throw new IllegalStateException("not yet");
            }
            return Decision.accept();
        });
        offer(channel.next(limited("b").bytes()));
        await().atMost(LONG).until(() -> limited.height() == 2);
        assertThat(asked).hasValue(4);
        assertThat(codes(1)).containsExactly(TxValidationCode.VALID);
        assertThat(halting.status().isHealthy()).isTrue();
    }

    @Test
    void a_database_that_goes_away_meanwhile_does_not_hide_the_alarm_for_good() {
        offer(channel.next(limited("b").bytes()));
        await().atMost(LONG).until(() -> halting.status().halted().isPresent());
        limited.away(true);
        await().atMost(LONG).until(() -> halting.status().trouble().isPresent());
        assertThat(halting.status().halted()).isEmpty();
        limited.away(false);
        await().atMost(LONG).until(() -> halting.status().halted().isPresent());
        plugins.validates(transaction -> Decision.accept());
        await().atMost(LONG).until(() -> limited.height() == 2);
    }

    @Test
    void a_pipeline_that_is_held_can_be_closed() {
        offer(channel.next(limited("b").bytes()));
        await().atMost(LONG).until(() -> halting.status().halted().isPresent());
        halting.close();
        plugins.validates(transaction -> Decision.accept());
        assertThat(limited.height()).isEqualTo(1);
    }

    private static TestTransaction limited(String key) {
        return TestTransaction.make().of("limited").with("limited", RwSets.write(key, "1"));
    }

    private void offer(Block... blocks) {
        for (Block block : blocks) {
            halting.offer(block);
            other.offer(block);
        }
    }

    private List<TxValidationCode> codes(long number) {
        return TransactionsFilter.of(limited.block(number).orElseThrow()).codes();
    }
}
