package org.jangbu.web.access;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.List;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Reads names and numbers out of addresses; what is not valid is refused before it is used. */
public final class Names {
    private static final int LONGEST_TX_ID = 256;

    private Names() {}

    public static ChannelId channel(String text) {
        if (!ChannelId.isValid(text)) {
            throw invalid("channel", text, "a channel is named by lower-case letters, digits, dots and hyphens");
        }
        return new ChannelId(text);
    }

    public static ChaincodeName chaincode(String text) {
        if (!ChaincodeName.isValid(text)) {
            throw invalid("chaincode", text, "a chaincode is named by letters, digits, hyphens and underscores");
        }
        return new ChaincodeName(text);
    }

    public static NodeName node(String text) {
        if (!NodeName.isValid(text)) {
            throw invalid("peer", text, "a node is named as a host is");
        }
        return new NodeName(text);
    }

    /** A transaction id as Fabric makes them, or whatever printable text a foreign client used for one. */
    public static TxId txId(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TX_ID || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw invalid("transactionId", text, "a transaction id is hexadecimal");
        }
        return new TxId(text);
    }

    public static ByteString hash(String text) {
        if (text.length() == 2 * Sha256.LENGTH) {
            try {
                return ByteString.copyFrom(HexFormat.of().parseHex(text));
            } catch (IllegalArgumentException e) {
                throw invalid("hash", text, "not hexadecimal");
            }
        }
        throw invalid("hash", text, "a block hash has 64 hexadecimal digits");
    }

    public static long number(String name, String text, long least, long most) {
        String range = "a whole number from " + least + " to " + most;
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, text, range);
        }
        throw invalid(name, text, range);
    }

    /** Refuses a value that is none of those there are; none at all is well. */
    public static void oneOf(String name, @Nullable String text, String... known) {
        if (text != null && !List.of(known).contains(text)) {
            throw invalid(name, text, "one of " + String.join(", ", known));
        }
    }

    private static RuntimeException invalid(String name, String value, String rule) {
        return Problem.of(ProblemCode.INVALID_PARAMETER, name + ": " + rule)
                .with("parameter", name)
                .withValue(value)
                .exception();
    }
}
