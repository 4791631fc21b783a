package org.jangbu.web.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jangbu.model.TxId;

/**
 * Where in a channel an event stands, as its reader keeps it to go on behind it: {@code 17} for a block, {@code 17:3fe…} for a transaction in it.
 *
 * @param transaction empty for the block as a whole
 */
public record EventId(long block, Optional<TxId> transaction) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,19})(?::([!-~]{1,256}))?");

    /** A whole block. */
    public static EventId of(long block) {
        return new EventId(block, Optional.empty());
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    public static Optional<EventId> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EventId(
                    Long.parseLong(parts.group(1)),
                    Optional.ofNullable(parts.group(2)).map(TxId::new)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** One line without spaces. */
    public String text() {
        return block + transaction.map(txId -> ":" + txId).orElse("");
    }
}
