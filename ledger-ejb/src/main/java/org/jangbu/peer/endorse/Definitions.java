package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.LedgerId;
import org.jangbu.model.Version;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jangbu.peer.lifecycle.StateDefinitions;

/**
 * Chaincode definitions of the ledgers of this server, parsed once for each sequence. What is remembered is good as long as the definition's
 * sequence has the same version, which every simulation reads anyway; so nobody has to tell when a definition changes.
 */
public final class Definitions {
    private final Map<Place, Known> known = new ConcurrentHashMap<>();

    /** The definition as committed now; empty if the chaincode is not defined. */
    public Optional<ChaincodeDefinition> current(PeerLedger ledger, ChaincodeName chaincode) {
        return ledger.state().get(sequenceKey(chaincode)).flatMap(sequence -> at(ledger, chaincode, sequence));
    }

    /** The key that every simulation reads for each application chaincode that it runs. */
    static StateKey sequenceKey(ChaincodeName chaincode) {
        return LifecycleKeys.field(chaincode, LifecycleKeys.SEQUENCE);
    }

    /**
     * The definition whose sequence was read as {@code sequence}.
     *
     * @return empty if another one has been committed since
     */
    Optional<ChaincodeDefinition> at(PeerLedger ledger, ChaincodeName chaincode, VersionedValue sequence) {
        Place place = new Place(ledger.id(), chaincode);
        Known remembered = known.get(place);
        if (remembered != null && remembered.version().equals(sequence.version())) {
            return Optional.of(remembered.definition());
        }
        Optional<ChaincodeDefinition> definition = new StateDefinitions(ledger.state())
                .find(chaincode)
                .filter(d -> d.sequence() == number(sequence.value()));
        definition.ifPresent(d -> known.put(place, new Known(sequence.version(), d)));
        return definition;
    }

    private static long number(ByteString sequence) {
        try {
            return StateData.parseFrom(sequence).getInt64();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the state holds an unreadable sequence", e);
        }
    }

    private record Place(LedgerId ledger, ChaincodeName chaincode) {}

    private record Known(Version version, ChaincodeDefinition definition) {}
}
