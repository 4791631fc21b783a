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
    void escapes_what_cannot_be_seen() {
        assertThat(KeyText.parts("a\u0000b\u202Ec")).containsExactly("a\\u0000b\\u202Ec");
        assertThat(KeyText.parts("\0")).containsExactly("\\u0000");
        assertThat(KeyText.parts("a" + Character.toString(Character.MAX_CODE_POINT)))
                .containsExactly("a\\u10FFFF");
        assertThat(KeyText.parts("\0x")).containsExactly("x");
    }
}
