package org.jangbu.peer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekNewest;
import org.hyperledger.fabric.protos.orderer.SeekNextCommit;
import org.hyperledger.fabric.protos.orderer.SeekOldest;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.jangbu.ledger.block.Growth;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.peer.endorse.SignedAccess;
import org.jangbu.peer.endorse.TestPeer;
import org.junit.jupiter.api.Test;

class DeliverDoorTest {
    private static final Instant NOW = TestPeer.NOW;
    private static final SeekPosition OLDEST =
            SeekPosition.newBuilder().setOldest(SeekOldest.getDefaultInstance()).build();
    private static final SeekPosition NEWEST =
            SeekPosition.newBuilder().setNewest(SeekNewest.getDefaultInstance()).build();
    private static final SeekPosition NEXT = SeekPosition.newBuilder()
            .setNextCommit(SeekNextCommit.getDefaultInstance())
            .build();
    private static final SeekPosition FOR_EVER = at(Long.MAX_VALUE);

    private final Chain chain = new Chain(5);
    private Instant now = NOW;

    @Test
    void gives_the_blocks_from_start_to_stop_and_then_success() throws Exception {
        DeliverSession session = open(at(1), at(3));
        assertThat(sent(session)).containsExactly(1L, 2L, 3L);
        assertThat(session.poll()).isEqualTo(new DeliverSession.End(Status.SUCCESS, ""));
    }

    @Test
    void oldest_and_newest_mean_what_they_say() throws Exception {
        assertThat(sent(open(OLDEST, NEWEST))).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(sent(open(NEWEST, NEWEST))).containsExactly(4L);
        assertThat(sent(open(OLDEST, OLDEST))).containsExactly(0L);
        assertThat(sent(open(at(3), FOR_EVER))).containsExactly(3L, 4L);
    }

    @Test
    void newest_is_the_one_that_was_newest_when_asked_for() throws Exception {
        DeliverSession session = open(NEWEST, NEWEST);
        chain.height = 7;
        assertThat(sent(session)).containsExactly(4L);
    }

    @Test
    void waits_for_what_is_not_there_and_is_told_when_it_comes() throws Exception {
        DeliverSession session = open(NEXT, FOR_EVER);
        AtomicInteger told = new AtomicInteger();
        Growth.Registration following = session.follow(told::incrementAndGet);
        assertThat(session.poll()).isInstanceOf(DeliverSession.Wait.class);
        chain.grow();
        assertThat(told).hasValue(1);
        assertThat(sent(session)).containsExactly(5L);
        following.close();
        chain.grow();
        assertThat(told).hasValue(1);
        assertThat(chain.growth.followers()).isZero();
    }

    @Test
    void does_not_wait_for_who_does_not_want_it() throws Exception {
        DeliverSession session = door().open(
                        envelope(seek(at(4), at(6)).setBehavior(SeekInfo.SeekBehavior.FAIL_IF_NOT_READY)),
                        Optional.empty());
        assertThat(sent(session)).containsExactly(4L);
        assertThat(session.poll())
                .isInstanceOfSatisfying(
                        DeliverSession.End.class,
                        end -> assertThat(end.status()).isEqualTo(Status.NOT_FOUND));
    }

    @Test
    void a_nonce_and_a_header_type_are_not_asked_for() throws Exception {
        Envelope envelope =
                signed(FabricVectors.user(1), header(NOW).setType(HeaderType.MESSAGE_VALUE), seek(OLDEST, OLDEST));
        assertThat(sent(door().open(envelope, Optional.empty()))).containsExactly(0L);
    }

    @Test
    void what_makes_no_sense_is_a_bad_request() {
        assertThat(refusal(Envelope.getDefaultInstance())).isEqualTo(Status.BAD_REQUEST);
        assertThat(refusal(Envelope.newBuilder()
                        .setPayload(ByteString.copyFromUtf8("no payload"))
                        .build()))
                .isEqualTo(Status.BAD_REQUEST);
        assertThat(refusal(envelope(SeekInfo.newBuilder().setStart(OLDEST)))).isEqualTo(Status.BAD_REQUEST);
        assertThat(refusal(envelope(SeekInfo.newBuilder().setStop(OLDEST)))).isEqualTo(Status.BAD_REQUEST);
        assertThat(refusal(envelope(seek(SeekPosition.getDefaultInstance(), NEWEST))))
                .isEqualTo(Status.BAD_REQUEST);
        assertThat(refusal(envelope(seek(at(4), at(3))))).isEqualTo(Status.BAD_REQUEST);
        assertThat(refusal(signed(FabricVectors.user(1), header(NOW).clearTimestamp(), seek(OLDEST, NEWEST))))
                .isEqualTo(Status.BAD_REQUEST);
        assertThat(refusal(signed(FabricVectors.user(1), header(NOW.minusSeconds(901)), seek(OLDEST, NEWEST))))
                .isEqualTo(Status.BAD_REQUEST);
    }

    @Test
    void a_request_that_is_larger_than_any_has_reason_to_be_is_a_bad_request() throws Exception {
        assertThat(sent(door().open(envelope(padded(30_000)), Optional.empty())))
                .containsExactly(0L);
        assertThat(refusal(envelope(padded(1_000_000)))).isEqualTo(Status.BAD_REQUEST);
    }

    private static SeekInfo.Builder padded(int size) {
        return seek(OLDEST, OLDEST)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                1_000,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFrom(new byte[size]))
                                        .build())
                        .build());
    }

    @Test
    void a_start_behind_the_next_block_is_not_found() throws Exception {
        assertThat(refusal(envelope(seek(at(6), FOR_EVER)))).isEqualTo(Status.NOT_FOUND);
        assertThat(refusal(envelope(seek(at(-1), at(-1))))).isEqualTo(Status.NOT_FOUND);
        assertThat(open(at(5), FOR_EVER).poll()).isInstanceOf(DeliverSession.Wait.class);
    }

    @Test
    void a_channel_that_is_not_here_is_not_found() {
        assertThat(refusal(signed(FabricVectors.user(1), header(NOW).setChannelId("elsewhere"), seek(OLDEST, NEWEST))))
                .isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void somebody_whose_signature_is_not_their_own_is_refused() {
        Envelope honest = envelope(seek(OLDEST, NEWEST));
        assertThat(refusal(honest.toBuilder()
                        .setSignature(FabricVectors.user(2).sign(honest.getPayload()))
                        .build()))
                .isEqualTo(Status.FORBIDDEN);
    }

    @Test
    void a_request_is_bound_to_the_certificate_of_its_connection() throws Exception {
        ByteString mine = ByteString.copyFromUtf8("hash of my certificate");
        Envelope bound = signed(FabricVectors.user(1), header(NOW).setTlsCertHash(mine), seek(OLDEST, OLDEST));
        assertThat(sent(door().open(bound, Optional.of(mine)))).containsExactly(0L);
        SeekException refused = catchThrowableOfType(
                SeekException.class, () -> door().open(bound, Optional.of(ByteString.copyFromUtf8("another"))));
        assertThat(refused.status()).isEqualTo(Status.BAD_REQUEST);
    }

    @Test
    void who_has_expired_meanwhile_gets_no_further_block() throws Exception {
        DeliverSession session = open(OLDEST, FOR_EVER);
        assertThat(session.poll()).isInstanceOf(DeliverSession.Send.class);
        now = FabricVectors.user(1).certificate().getNotAfter().toInstant().plusSeconds(1);
        assertThat(session.poll())
                .isInstanceOfSatisfying(
                        DeliverSession.End.class,
                        end -> assertThat(end.status()).isEqualTo(Status.FORBIDDEN));
    }

    @Test
    void a_channel_that_the_node_has_left_ends_the_waiting() throws Exception {
        DeliverSession session = open(NEXT, FOR_EVER);
        assertThat(session.poll()).isInstanceOf(DeliverSession.Wait.class);
        chain.open = false;
        assertThat(session.poll())
                .isInstanceOfSatisfying(
                        DeliverSession.End.class,
                        end -> assertThat(end.status()).isEqualTo(Status.NOT_FOUND));
    }

    @Test
    void a_block_that_cannot_be_read_ends_the_session_and_nothing_else() throws Exception {
        DeliverSession session = open(OLDEST, FOR_EVER);
        chain.broken = true;
        assertThat(session.poll())
                .isInstanceOfSatisfying(
                        DeliverSession.End.class,
                        end -> assertThat(end.status()).isEqualTo(Status.SERVICE_UNAVAILABLE));
    }

    private DeliverDoor door() {
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        SignedAccess access = new SignedAccess(new DoorCheck(clock, RevocationSource.NONE));
        return new DeliverDoor(
                name -> name.equals(TestPeer.CHANNEL) ? Optional.of(chain) : Optional.empty(),
                new DeliverDoor.Readers() {
                    @Override
                    public Optional<String> refusal(ChannelConfig config, SignedData request) {
                        return access.refusal(config, "event/Block", request);
                    }

                    @Override
                    public Optional<String> lapse(ChannelConfig config, SignedData request) {
                        return access.lapse(config, request);
                    }
                },
                clock,
                Duration.ofMinutes(15));
    }

    private DeliverSession open(SeekPosition start, SeekPosition stop) throws SeekException {
        return door().open(envelope(seek(start, stop)), Optional.empty());
    }

    private Status refusal(Envelope envelope) {
        return catchThrowableOfType(SeekException.class, () -> door().open(envelope, Optional.empty()))
                .status();
    }

    private static List<Long> sent(DeliverSession session) {
        List<Long> numbers = new ArrayList<>();
        while (session.poll() instanceof DeliverSession.Send send) {
            numbers.add(send.block().getHeader().getNumber());
        }
        return numbers;
    }

    private static SeekPosition at(long number) {
        return SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(number))
                .build();
    }

    private static SeekInfo.Builder seek(SeekPosition start, SeekPosition stop) {
        return SeekInfo.newBuilder().setStart(start).setStop(stop);
    }

    private static ChannelHeader.Builder header(Instant at) {
        return ChannelHeader.newBuilder()
                .setType(HeaderType.DELIVER_SEEK_INFO_VALUE)
                .setChannelId(TestPeer.CHANNEL)
                .setTimestamp(Timestamp.newBuilder().setSeconds(at.getEpochSecond()));
    }

    private static Envelope envelope(SeekInfo.Builder seek) {
        return signed(FabricVectors.user(1), header(NOW), seek);
    }

    private static Envelope signed(SigningIdentity signer, ChannelHeader.Builder header, SeekInfo.Builder seek) {
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(header.build().toByteString())
                        .setSignatureHeader(SignatureHeader.newBuilder()
                                .setCreator(signer.serialized())
                                .build()
                                .toByteString()))
                .setData(seek.build().toByteString())
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(signer.sign(payload))
                .build();
    }

    /** The recorded chain, as far as the test lets it be seen. */
    private static final class Chain implements FollowedChain {
        private final Growth growth = new Growth();
        private long height;
        private boolean broken;
        private boolean open = true;

        Chain(long height) {
            this.height = height;
        }

        void grow() {
            height++;
            growth.grown();
        }

        @Override
        public long height() {
            return height;
        }

        @Override
        public Optional<Block> block(long number) {
            if (broken) {
                throw new IllegalStateException("the disk is gone");
            }
            return Optional.of(FabricVectors.block((int) number));
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public ChannelConfig config() {
            return TestPeer.channelConfig();
        }

        @Override
        public Growth.Registration follow(Runnable wake) {
            return growth.follow(wake);
        }
    }
}
