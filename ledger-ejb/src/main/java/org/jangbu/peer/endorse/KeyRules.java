package org.jangbu.peer.endorse;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.ledger.state.StateKey;

/** What a key of the world state may look like, judged where a contract first names it, so that no commit ever meets a bad one. */
final class KeyRules {
    private KeyRules() {}

    /** Refuses a key that is empty or that the state cannot hold. */
    static void check(StateKey key) {
        if (key.key().isEmpty()) {
            throw new ChaincodeHostException("key must not be an empty string");
        }
        Optional<String> problem = key.problem();
        if (problem.isPresent()) {
            throw new ChaincodeHostException(problem.get());
        }
    }

    /** Refuses text that is not well-formed: the end of a range, or a name. Empty and long ones are fine, since nothing is stored there. */
    static void checkText(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new ChaincodeHostException("not a valid utf8 string: it has a surrogate without its other half");
        }
    }
}
