package org.jangbu.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientCertificateTest {
    @Test
    void what_the_servers_encoder_leaves_behind_is_no_part_of_the_certificate() {
        assertThat(ClientCertificate.text("-----BEGIN X-----\nQUJD\u0000\u0000\r\n-----END X-----"))
                .isEqualTo("-----BEGIN X-----\nQUJD\r\n-----END X-----");
    }
}
