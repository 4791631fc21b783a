package org.jangbu.web.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509CRL;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jangbu.msp.ca.RegistryException;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;

class RevocationsOfAuthoritiesTest {
    private final Deque<Supplier<Optional<List<String>>>> answers = new ArrayDeque<>();
    private final RevocationsOfAuthorities doors =
            new RevocationsOfAuthorities(() -> answers.remove().get());

    @Test
    void what_is_read_counts_until_something_else_is_read() throws Exception {
        String list = pem(TestAuthority.root("ca").revoke());
        answers.add(() -> Optional.of(List.of(list)));
        answers.add(Optional::empty);
        answers.add(() -> Optional.of(List.of(list, pemOfAnother())));
        doors.refresh();
        RevocationNews first = doors.current();
        assertThat(first.size()).isEqualTo(1);
        doors.refresh();
        assertThat(doors.current()).isSameAs(first);
        doors.refresh();
        assertThat(doors.current().size()).isEqualTo(2);
    }

    @Test
    void while_the_registry_is_away_what_was_known_counts() throws Exception {
        String list = pem(TestAuthority.root("ca").revoke());
        answers.add(() -> Optional.of(List.of(list)));
        answers.add(() -> {
            throw new RegistryException("away", new IllegalStateException());
        });
        answers.add(() -> {
            throw new IllegalStateException();
        });
        doors.refresh();
        doors.refresh();
        doors.refresh();
        assertThat(doors.current().size()).isEqualTo(1);
        assertThat(answers).isEmpty();
    }

    @Test
    void a_list_that_cannot_be_read_keeps_no_other_from_counting() throws Exception {
        String list = pem(TestAuthority.root("ca").revoke());
        answers.add(() -> Optional.of(List.of("no list", list)));
        doors.refresh();
        assertThat(doors.current().size()).isEqualTo(1);
    }

    private static String pemOfAnother() {
        try {
            return pem(TestAuthority.root("other").revoke());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(X509CRL list) throws Exception {
        return new Pem("X509 CRL", com.google.protobuf.ByteString.copyFrom(list.getEncoded())).text();
    }
}
