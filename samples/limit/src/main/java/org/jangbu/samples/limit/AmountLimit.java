package org.jangbu.samples.limit;

import java.util.Optional;
import java.util.OptionalLong;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsedTransaction;
import org.jangbu.chaincode.plugin.StateWrite;
import org.jangbu.chaincode.plugin.ValidationPlugin;

/**
 * Beside what {@code vscc} asks for: no transaction changes the balance of an account by more than 1,000,000 won, whoever endorsed it. An
 * account that is opened has no balance before, and may begin with any.
 */
public final class AmountLimit implements ValidationPlugin {
    static final long MOST = 1_000_000;

    @Override
    public Decision validate(EndorsedTransaction transaction) {
        Decision standard = transaction.standard();
        if (!standard.accepted()) {
            return standard;
        }
        for (StateWrite write : transaction.writes()) {
            if (write.collection().isEmpty() && !keeps(transaction, write)) {
                return Decision.refuse("more than " + MOST + " won moved at once");
            }
        }
        return Decision.accept();
    }

    private static boolean keeps(EndorsedTransaction transaction, StateWrite write) {
        Optional<byte[]> before = transaction.state().get(write.namespace(), write.key());
        if (before.isEmpty()) {
            return true;
        }
        OptionalLong from = Balance.in(before.get());
        OptionalLong to = write.deleted() ? OptionalLong.of(0) : Balance.in(write.value());
        return from.isPresent() && to.isPresent() && Math.abs(to.getAsLong() - from.getAsLong()) <= MOST;
    }
}
