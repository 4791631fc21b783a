package org.jangbu.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.jangbu.model.KeyAddress;
import org.junit.jupiter.api.Test;

class StateKeyTest {
    @Test
    void takes_two_thousand_bytes_with_the_namespace_and_no_more() {
        assertThat(new StateKey("cc", "x".repeat(1998)).problem()).isEmpty();
        assertThat(new StateKey("cc", "x".repeat(1999)).problem()).isPresent();
        assertThat(new StateKey("cc", "\ud55c".repeat(666)).problem()).isEmpty();
        assertThat(new StateKey("cc", "\ud55c".repeat(667)).problem()).isPresent();
        assertThat(new StateKey("cc", "\ud83d\ude00".repeat(500)).problem()).isPresent();
        assertThat(new StateKey("x".repeat(2001), "").problem()).isPresent();
    }

    @Test
    void takes_any_text_but_half_characters() {
        assertThat(new StateKey("cc", "\u0000a\u0000\uffff\u0080").problem()).isEmpty();
        assertThat(new StateKey("cc", "\ud83d").problem()).isPresent();
        assertThat(new StateKey("cc", "\ude00\ud83d").problem()).isPresent();
        assertThat(new StateKey("\ud83dx", "a").problem()).isPresent();
    }

    @Test
    void stands_for_one_address_of_a_block_and_the_other_way_round() {
        KeyAddress open = new KeyAddress("cc", "", ByteString.copyFromUtf8("key"));
        KeyAddress hashed = new KeyAddress("cc", "coll", ByteString.fromHex("fbff00"));
        assertThat(StateKey.of(open)).isEqualTo(new StateKey("cc", "key"));
        assertThat(StateKey.of(hashed)).isEqualTo(new StateKey("cc$$hcoll", "+/8A"));
        assertThat(StateKey.of(open).address()).isEqualTo(open);
        assertThat(StateKey.of(hashed).address()).isEqualTo(hashed);
    }
}
