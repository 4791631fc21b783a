package org.jangbu.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    private static final int ROOM = 100_000;

    private final BodyMemory memory = new BodyMemory(ROOM);

    @Test
    void a_small_body_takes_no_room() throws IOException {
        assertThat(memory.count(body(BodyMemory.FREE)).readAllBytes()).hasSize(BodyMemory.FREE);
        assertThat(memory.held()).isZero();
    }

    @Test
    void bodies_that_do_not_fit_together_are_refused_until_others_have_been_answered() throws IOException {
        BodyMemory.Body first = memory.count(body(BodyMemory.FREE + ROOM));
        assertThat(first.readAllBytes()).hasSize(BodyMemory.FREE + ROOM);
        assertThat(memory.held()).isEqualTo(ROOM);

        BodyMemory.Body second = memory.count(body(BodyMemory.FREE + 1));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(second::readAllBytes)
                .satisfies(refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.UNAVAILABLE));
        second.release();
        assertThat(memory.held()).isEqualTo(ROOM);

        first.release();
        first.release();
        assertThat(memory.held()).isZero();
        assertThat(memory.count(body(BodyMemory.FREE + 1)).readAllBytes()).hasSize(BodyMemory.FREE + 1);
    }

    @Test
    void single_bytes_count_too() throws IOException {
        BodyMemory.Body body = memory.count(body(BodyMemory.FREE + 3));
        for (int left = BodyMemory.FREE + 3; left > 0; left--) {
            assertThat(body.read()).isZero();
        }
        assertThat(body.read()).isEqualTo(-1);
        assertThat(memory.held()).isEqualTo(3);
    }

    private static ServletInputStream body(int size) {
        InputStream bytes = new ByteArrayInputStream(new byte[size]);
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return bytes.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return bytes.read(buffer, offset, length);
            }

            @Override
            public boolean isFinished() {
                return false;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException("a test reads and waits");
            }
        };
    }
}
