package org.jangbu.ledger.privatedata.jpa;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Version;
import org.jangbu.model.query.StrictJson;
import org.jspecify.annotations.Nullable;

/** Between rows of native queries and values. */
final class Rows {
    private Rows() {}

    @SuppressWarnings("unchecked") // JPA: a native query of several columns gives arrays
    static List<Object[]> of(Query query) {
        return (List<Object[]>) query.getResultList();
    }

    static long number(@Nullable Object column) {
        return ((Number) Objects.requireNonNull(column)).longValue();
    }

    static ByteString bytes(@Nullable Object column) {
        return column == null ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap((byte[]) column);
    }

    static Version version(@Nullable Object block, @Nullable Object tx) {
        return new Version(number(block), number(tx));
    }

    static byte[][] namespaces(Collection<StateKey> keys) {
        return keys.stream().map(StateKey::namespaceBytes).toArray(byte[][]::new);
    }

    static byte[][] keys(Collection<StateKey> keys) {
        return keys.stream().map(StateKey::keyBytes).toArray(byte[][]::new);
    }

    static <T> byte[][] bytes(Collection<T> rows, Function<T, byte[]> column) {
        return rows.stream().map(column).toArray(byte[][]::new);
    }

    static <T> long[] longs(Collection<T> rows, ToLongFunction<T> column) {
        return rows.stream().mapToLong(column).toArray();
    }

    static <T> int[] ints(Collection<T> rows, ToIntFunction<T> column) {
        return rows.stream().mapToInt(column).toArray();
    }

    static <T> String[] texts(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    /** What rich queries see of values; null where a value is no document. */
    static <T> @Nullable String[] json(Collection<T> rows, Function<T, ByteString> value) {
        return rows.stream()
                .map(row -> StrictJson.object(value.apply(row)).orElse(null))
                .toArray(String[]::new);
    }
}
