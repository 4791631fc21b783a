package org.jangbu.model.query;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jangbu.model.Utf8Order;
import org.jspecify.annotations.Nullable;

/**
 * Where in the order of a query's answers a document stands: behind it the next page begins. As text it is a bookmark, which a contract may
 * hand to anybody; it says nothing but what the contract was told, and one that was made up can only begin the query elsewhere.
 *
 * @param sortKeys {@link Collation#key} of each field sorted by
 * @param key the document's key
 */
public record Position(List<byte[]> sortKeys, String key) {
    private static final int VERSION = 1;

    public Position {
        sortKeys = List.copyOf(sortKeys);
    }

    /** The order of the documents of one query; the keys decide where the fields sorted by do not. */
    public static Comparator<Position> order(boolean descending) {
        Comparator<Position> order = Position::compare;
        return descending ? order.reversed() : order;
    }

    private static int compare(Position a, Position b) {
        for (int i = 0; i < a.sortKeys.size(); i++) {
            int compared = Arrays.compareUnsigned(a.sortKeys.get(i), b.sortKeys.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Utf8Order.COMPARATOR.compare(a.key, b.key);
    }

    /**
     * The bookmark.
     *
     * @throws QueryException if the fields sorted by hold too much
     */
    public String bookmark() throws QueryException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(sortKeys.size());
            for (byte[] sortKey : sortKeys) {
                out.writeInt(sortKey.length);
                out.write(sortKey);
            }
            out.write(key.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String bookmark = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        if (bookmark.length() > QueryLimits.BOOKMARK) {
            throw new QueryException("the page ends at a document whose sorted fields are too long for a bookmark");
        }
        return bookmark;
    }

    /** What a bookmark of a query with that many fields to sort by says. */
    static Position of(String bookmark, int sortFields) throws QueryException {
        if (bookmark.length() > QueryLimits.BOOKMARK) {
            throw invalid(null);
        }
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(bookmark)))) {
            if (in.readUnsignedByte() != VERSION || in.readUnsignedByte() != sortFields) {
                throw invalid(null);
            }
            List<byte[]> sortKeys = new ArrayList<>();
            for (int i = 0; i < sortFields; i++) {
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    throw invalid(null);
                }
                sortKeys.add(in.readNBytes(length));
            }
            byte[] bytes = in.readAllBytes();
            String key = new String(bytes, StandardCharsets.UTF_8);
            if (bytes.length > QueryLimits.KEY || key.getBytes(StandardCharsets.UTF_8).length != bytes.length) {
                throw invalid(null);
            }
            return new Position(sortKeys, key);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    private static QueryException invalid(@Nullable Exception cause) {
        String message = "the bookmark is none of this query's";
        return cause == null ? new QueryException(message) : new QueryException(message, cause);
    }
}
