package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.jangbu.model.ChannelId;

/**
 * What somebody signed, read from the bytes. A proposal and the payload of an envelope begin alike, with a header, and both carry channel
 * and transaction there; of other things only the hash is told. Text that may not be a name is not repeated into a log.
 */
record SignedContent(String what, String channel, String transaction) {
    private static final Pattern TRANSACTION = Pattern.compile("[0-9a-f]{64}");
    private static final SignedContent OTHER = new SignedContent("something without a channel header", "-", "-");

    static SignedContent of(ByteString... message) {
        ByteString all = ByteString.EMPTY;
        for (ByteString piece : message) {
            all = all.concat(piece);
        }
        try {
            ByteString bytes = Payload.parseFrom(all).getHeader().getChannelHeader();
            if (bytes.isEmpty()) {
                return OTHER;
            }
            ChannelHeader header = ChannelHeader.parseFrom(bytes);
            String channel = ChannelId.isValid(header.getChannelId()) ? header.getChannelId() : "-";
            String transaction = TRANSACTION.matcher(header.getTxId()).matches() ? header.getTxId() : "-";
            return new SignedContent(name(header.getType()), channel, transaction);
        } catch (InvalidProtocolBufferException e) {
            return OTHER;
        }
    }

    private static String name(int type) {
        HeaderType known = HeaderType.forNumber(type);
        return known == null ? "type " + type : known.name().toLowerCase(Locale.ROOT);
    }
}
