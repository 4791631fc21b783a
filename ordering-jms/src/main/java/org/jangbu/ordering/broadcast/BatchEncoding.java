package org.jangbu.ordering.broadcast;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jangbu.model.ChannelId;

/**
 * The bytes of a batch on the wire, big-endian: version (1 byte, 1), id (16), config sequence (8), length of the channel's name (2) and the
 * name, number of envelopes (4), then for each its admission in milliseconds since the epoch (8), its length (4) and its bytes. Envelopes
 * keep their bytes exactly; nothing is encoded twice.
 */
public final class BatchEncoding {
    private static final byte VERSION = 1;
    private static final int FIXED = 1 + 16 + 8 + 2 + 4;
    private static final int PER_ENVELOPE = 8 + 4;
    private static final int LONGEST_NAME = 249;

    private BatchEncoding() {}

    /** How many bytes an envelope of that size adds to a batch. */
    static int sizeOf(ByteString envelope) {
        return PER_ENVELOPE + envelope.size();
    }

    /** The batch as bytes. */
    public static byte[] encode(Batch batch) {
        byte[] name = batch.channel().value().getBytes(StandardCharsets.US_ASCII);
        int size = FIXED + name.length;
        for (Batch.Entry entry : batch.entries()) {
            size = Math.addExact(size, sizeOf(entry.envelope()));
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(VERSION);
        out.putLong(batch.id().getMostSignificantBits());
        out.putLong(batch.id().getLeastSignificantBits());
        out.putLong(batch.configSequence());
        out.putShort((short) name.length).put(name);
        out.putInt(batch.entries().size());
        for (Batch.Entry entry : batch.entries()) {
            out.putLong(entry.admitted().toEpochMilli());
            out.putInt(entry.envelope().size());
            entry.envelope().copyTo(out);
        }
        return out.array();
    }

    /**
     * Reads a batch. The envelopes share {@code bytes}, which must not change any more. Memory beyond that is bounded by their length.
     *
     * @throws MalformedBatchException for anything that {@link #encode} does not write
     */
    public static Batch decode(byte[] bytes) throws MalformedBatchException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new MalformedBatchException("a batch of version " + version + " is not understood");
            }
            UUID id = new UUID(in.getLong(), in.getLong());
            long configSequence = in.getLong();
            ChannelId channel = channel(in);
            List<Batch.Entry> entries = entries(in, bytes);
            if (in.hasRemaining()) {
                throw new MalformedBatchException("bytes after the end of the batch");
            }
            return new Batch(id, channel, configSequence, entries);
        } catch (BufferUnderflowException e) {
            throw new MalformedBatchException("the batch ends early", e);
        }
    }

    private static ChannelId channel(ByteBuffer in) throws MalformedBatchException {
        int length = in.getShort();
        if (length < 1 || length > LONGEST_NAME) {
            throw new MalformedBatchException("a channel's name of " + length + " bytes");
        }
        byte[] name = new byte[length];
        in.get(name);
        String value = new String(name, StandardCharsets.US_ASCII);
        if (!ChannelId.isValid(value)) {
            throw new MalformedBatchException("not a channel's name");
        }
        return new ChannelId(value);
    }

    private static List<Batch.Entry> entries(ByteBuffer in, byte[] bytes) throws MalformedBatchException {
        int count = in.getInt();
        if (count < 1 || count > in.remaining() / PER_ENVELOPE) {
            throw new MalformedBatchException(count + " envelopes in " + in.remaining() + " bytes");
        }
        List<Batch.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instant admitted = Instant.ofEpochMilli(in.getLong());
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new MalformedBatchException("an envelope of " + length + " bytes");
            }
            entries.add(new Batch.Entry(UnsafeByteOperations.unsafeWrap(bytes, in.position(), length), admitted));
            in.position(in.position() + length);
        }
        return entries;
    }
}
