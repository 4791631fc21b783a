package org.jangbu.model;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.HexFormat;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;

/**
 * Hashes of a block, as Fabric computes them: the header hash is SHA-256 of DER {@code SEQUENCE{INTEGER number, OCTET STRING previous,
 * OCTET STRING data}}, the data hash is SHA-256 of the plain concatenation of the envelopes.
 */
public final class BlockHash {
    private BlockHash() {}

    /** The block's own hash, which the next block names as its previous hash. */
    public static ByteString of(BlockHeader header) {
        return Sha256.of(der(header));
    }

    /** The data hash that a header over {@code data} must carry. */
    public static ByteString of(BlockData data) {
        return Sha256.of(data.getDataList());
    }

    /** The bytes that are hashed, and that an orderer signs at the end of its block signature. */
    public static ByteString der(BlockHeader header) {
        byte[] number = new BigInteger(Long.toUnsignedString(header.getNumber())).toByteArray();
        ByteArrayOutputStream body = new ByteArrayOutputStream(96);
        element(body, 0x02, number);
        element(body, 0x04, header.getPreviousHash().toByteArray());
        element(body, 0x04, header.getDataHash().toByteArray());
        ByteArrayOutputStream sequence = new ByteArrayOutputStream(100);
        element(sequence, 0x30, body.toByteArray());
        return ByteString.copyFrom(sequence.toByteArray());
    }

    /** The usual way to print a hash: lower-case hex. */
    public static String hex(ByteString hash) {
        return HexFormat.of().formatHex(hash.toByteArray());
    }

    private static void element(ByteArrayOutputStream out, int tag, byte[] content) {
        out.write(tag);
        length(out, content.length);
        out.writeBytes(content);
    }

    /** A DER length: one byte below 128, else the count of length bytes and those bytes, big-endian. */
    private static void length(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        byte[] bytes = BigInteger.valueOf(length).toByteArray();
        int skip = bytes[0] == 0 ? 1 : 0;
        out.write(0x80 | (bytes.length - skip));
        out.write(bytes, skip, bytes.length - skip);
    }
}
