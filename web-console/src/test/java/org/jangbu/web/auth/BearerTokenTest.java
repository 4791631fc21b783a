package org.jangbu.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BearerTokenTest {
    @Test
    void reads_the_token_and_never_tells_it() {
        BearerToken token = BearerToken.parse("bEARER  abc.def.ghi ").orElseThrow();
        assertThat(token.text()).isEqualTo("abc.def.ghi");
        assertThat(token.toString()).doesNotContain("abc");
    }

    @Test
    void other_headers_carry_none() {
        assertThat(BearerToken.parse(null)).isEmpty();
        assertThat(BearerToken.parse("")).isEmpty();
        assertThat(BearerToken.parse("Bearer")).isEmpty();
        assertThat(BearerToken.parse("Basic QTpi")).isEmpty();
    }
}
