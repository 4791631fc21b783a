package org.jangbu.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jangbu.model.TxId;
import org.jangbu.peer.event.FollowedChain;
import org.jangbu.peer.event.Following;
import org.junit.jupiter.api.Test;

class CallersFollowingTest {
    private Optional<String> lapsed = Optional.empty();

    @Test
    void whoever_the_server_knows_no_more_may_not_go_on_and_others_as_the_ledger_says() {
        AtomicBoolean known = new AtomicBoolean(true);
        Following following = new CallersFollowing(new FromThePeer(), known::get);
        assertThat(following.lapse()).isEmpty();
        lapsed = Optional.of("revoked");
        assertThat(following.lapse()).contains("revoked");
        lapsed = Optional.empty();
        known.set(false);
        assertThat(following.lapse()).isPresent();
    }

    /** What the peer says of the caller's certificate. */
    private final class FromThePeer implements Following {
        @Override
        public FollowedChain chain() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Long> blockOf(TxId txId) {
            return Optional.empty();
        }

        @Override
        public Optional<String> lapse() {
            return lapsed;
        }
    }
}
