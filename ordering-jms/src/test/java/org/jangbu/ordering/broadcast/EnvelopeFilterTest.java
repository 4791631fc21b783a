package org.jangbu.ordering.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.testing.TrialNetwork;
import org.jangbu.peer.gateway.BroadcastException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeFilterTest {
    private static final int TRANSACTION = HeaderType.ENDORSER_TRANSACTION_VALUE;

    @TempDir
    static Path folder;

    private static TrialNetwork network;
    private static ChannelConfig config;

    @BeforeAll
    static void found() throws ChannelConfigException {
        network = new TrialNetwork(folder);
        config = ChannelConfigReader.read(network.genesis(TrialNetwork.CHANNEL, 10));
    }

    @Test
    void lets_a_members_transaction_in_and_never_looks_at_its_content() {
        ByteString envelope = network.envelope(TrialNetwork.CHANNEL, "not a transaction at all");
        assertThatCode(() -> EnvelopeFilter.check(config, envelope, Instant.now()))
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_nothing_and_what_is_no_envelope() {
        assertThat(verdict(ByteString.EMPTY)).isEqualTo(Status.BAD_REQUEST);
        assertThat(verdict(ByteString.copyFromUtf8("these bytes are no protobuf")))
                .isEqualTo(Status.BAD_REQUEST);
    }

    @Test
    void refuses_an_envelope_larger_than_the_channel_allows() {
        String text = "x".repeat(config.orderer().absoluteMaxBytes());
        assertThat(verdict(network.envelope(TrialNetwork.CHANNEL, text))).isEqualTo(Status.REQUEST_ENTITY_TOO_LARGE);
    }

    @Test
    void refuses_an_envelope_without_payload_or_signature_or_data() throws InvalidProtocolBufferException {
        Envelope good = good("text");
        assertThat(verdict(good.toBuilder().clearSignature().build())).isEqualTo(Status.BAD_REQUEST);
        assertThat(verdict(good.toBuilder().clearPayload().build())).isEqualTo(Status.BAD_REQUEST);
        assertThat(verdict(network.envelope(TrialNetwork.CHANNEL, ""))).isEqualTo(Status.BAD_REQUEST);
    }

    /** Peers refuse a block with such an envelope, so it must not get into one. */
    @Test
    void refuses_an_envelope_in_another_encoding_of_the_same_message() throws InvalidProtocolBufferException {
        Envelope good = good("text");
        ByteString signature = good.toBuilder().clearPayload().build().toByteString();
        ByteString payload = good.toBuilder().clearSignature().build().toByteString();
        assertThat(verdict(payload.concat(signature))).isEqualTo(Status.SUCCESS);
        assertThat(verdict(signature.concat(payload))).isEqualTo(Status.BAD_REQUEST);
    }

    @Test
    void refuses_an_envelope_with_fields_that_envelopes_do_not_have() throws InvalidProtocolBufferException {
        UnknownFieldSet.Field ballast =
                UnknownFieldSet.Field.newBuilder().addVarint(1).build();
        UnknownFieldSet fields =
                UnknownFieldSet.newBuilder().addField(99, ballast).build();
        assertThat(verdict(good("text").toBuilder().setUnknownFields(fields).build()))
                .isEqualTo(Status.BAD_REQUEST);
    }

    @Test
    void refuses_an_envelope_for_another_channel() {
        assertThat(verdict(network.envelope(new ChannelId("channel2"), "text"))).isEqualTo(Status.BAD_REQUEST);
    }

    @Test
    void refuses_configurations_and_types_it_does_not_order() {
        assertThat(verdict(typed(HeaderType.CONFIG_VALUE))).isEqualTo(Status.BAD_REQUEST);
        assertThat(verdict(typed(HeaderType.MESSAGE_VALUE))).isEqualTo(Status.BAD_REQUEST);
        assertThat(verdict(typed(77))).isEqualTo(Status.BAD_REQUEST);
    }

    @Test
    void judges_expiry_by_the_clock_it_is_given() {
        ByteString envelope = network.envelope(TrialNetwork.CHANNEL, "text");
        assertThat(verdict(envelope, Instant.now().plus(Duration.ofDays(365 * 100))))
                .isEqualTo(Status.FORBIDDEN);
        assertThat(verdict(envelope, Instant.now())).isEqualTo(Status.SUCCESS);
    }

    @Test
    void refuses_a_signature_that_is_not_the_creators() throws InvalidProtocolBufferException {
        Envelope forged =
                good("one").toBuilder().setSignature(good("two").getSignature()).build();
        assertThat(verdict(forged)).isEqualTo(Status.FORBIDDEN);
    }

    @Test
    void refuses_a_valid_member_who_may_not_write() {
        assertThat(verdict(network.envelope(TrialNetwork.CHANNEL, "text", TRANSACTION, network.peer())))
                .isEqualTo(Status.FORBIDDEN);
    }

    private static Envelope good(String text) throws InvalidProtocolBufferException {
        return Envelope.parseFrom(network.envelope(TrialNetwork.CHANNEL, text));
    }

    private static ByteString typed(int type) {
        return network.envelope(TrialNetwork.CHANNEL, "text", type, network.user());
    }

    private static Status verdict(Envelope envelope) {
        return verdict(envelope.toByteString());
    }

    private static Status verdict(ByteString envelope) {
        return verdict(envelope, Instant.now());
    }

    private static Status verdict(ByteString envelope, Instant at) {
        BroadcastException refusal =
                catchThrowableOfType(BroadcastException.class, () -> EnvelopeFilter.check(config, envelope, at));
        return refusal == null ? Status.SUCCESS : refusal.status();
    }
}
