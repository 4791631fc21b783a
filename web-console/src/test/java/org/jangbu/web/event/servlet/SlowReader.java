package org.jangbu.web.event.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reader with so much room, as a container shows it; writing where there is none is the container's error. */
final class SlowReader extends ServletOutputStream {
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private long room;
    private boolean gone;
    private @Nullable WriteListener listener;

    SlowReader(long room) {
        this.room = room;
    }

    void readsOn(long bytes) {
        room += bytes;
        Optional.ofNullable(listener).ifPresent(told -> {
            try {
                told.onWritePossible();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    void goes() {
        gone = true;
    }

    String text() {
        return read.toString(StandardCharsets.UTF_8);
    }

    List<String> ids() {
        return text().lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring("id: ".length()))
                .toList();
    }

    @Override
    public boolean isReady() {
        return room > 0;
    }

    @Override
    public void setWriteListener(WriteListener told) {
        listener = told;
        readsOn(0);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        fail();
        read.write(bytes, offset, length);
        room -= length;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        fail();
    }

    private void fail() throws IOException {
        if (gone) {
            throw new IOException("broken pipe");
        }
        if (!isReady()) {
            throw new IllegalStateException("the stream is not ready");
        }
    }
}
