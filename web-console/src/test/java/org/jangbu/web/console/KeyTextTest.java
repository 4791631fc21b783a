package org.jangbu.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTextTest {
    @Test
    void shows_a_composite_key_by_its_parts() {
        assertThat(KeyText.parts("\0account\0A\0won\0")).containsExactly("account", "A", "won");
    }

    @Test
    void shows_a_plain_key_as_it_is() {
        assertThat(KeyText.parts("계좌/A")).containsExactly("계좌/A");
    }

    @Test
    void shows_what_cannot_be_seen_by_a_symbol() {
        assertThat(KeyText.parts("a\u0000b\u202Ec")).containsExactly("a␀b\uFFFDc");
        assertThat(KeyText.parts("\0")).containsExactly("␀");
        assertThat(KeyText.parts("\0x")).containsExactly("x");
    }
}
