package org.jangbu.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;
import org.junit.jupiter.api.Test;

class LargeMessagesTest {
    private final LargeMessages messages = new LargeMessages(4, 10, 1);

    @Test
    void of_larger_messages_only_so_many_are_in_memory_at_once() throws IOException {
        LargeMessages.Held first = read(10);
        assertThat(first.bytes().size()).isEqualTo(10);
        refused(8, ProblemCode.UNAVAILABLE);
        assertThat(read(3).bytes().size()).as("a small one needs no place").isEqualTo(3);
        first.done().run();
        assertThat(read(8).bytes().size()).isEqualTo(8);
    }

    @Test
    void a_message_that_is_too_large_keeps_no_place() throws IOException {
        refused(11, ProblemCode.BODY_TOO_LARGE);
        assertThat(read(10).bytes().size()).isEqualTo(10);
    }

    private LargeMessages.Held read(int size) throws IOException {
        return messages.read(new ByteArrayInputStream(new byte[size]));
    }

    private void refused(int size, ProblemCode code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(size))
                .satisfies(refusal -> assertThat(refusal.problem().code()).isEqualTo(code));
    }
}
