package org.jangbu.model.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.CommonProto;
import org.hyperledger.fabric.protos.common.ConfigTxProto;
import org.hyperledger.fabric.protos.common.ConfigurationProto;
import org.hyperledger.fabric.protos.common.LedgerProto;
import org.hyperledger.fabric.protos.common.MSPPrincipalProto;
import org.hyperledger.fabric.protos.common.PoliciesProto;
import org.hyperledger.fabric.protos.ledger.queryresult.KVQueryResultProto;
import org.hyperledger.fabric.protos.ledger.rwset.RWSetProto;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSetProto;
import org.hyperledger.fabric.protos.msp.IdentitiesProto;
import org.hyperledger.fabric.protos.msp.MSPConfigProto;
import org.hyperledger.fabric.protos.orderer.AbProto;
import org.hyperledger.fabric.protos.peer.ChaincodeEventProto;
import org.hyperledger.fabric.protos.peer.ChaincodeProto;
import org.hyperledger.fabric.protos.peer.PolicyProto;
import org.hyperledger.fabric.protos.peer.ProposalProto;
import org.hyperledger.fabric.protos.peer.ProposalResponseProto;
import org.hyperledger.fabric.protos.peer.QueryProto;
import org.hyperledger.fabric.protos.peer.TransactionProto;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeDefinitionProto;
import org.hyperledger.fabric.protos.peer.lifecycle.DbProto;
import org.hyperledger.fabric.protos.peer.lifecycle.LifecycleProto;

/** The messages that can be translated, by Fabric's full names: {@code common.Block}, {@code common.Config} and the others that are kept or sent. */
public final class MessageTypes {
    private static final SortedMap<String, Descriptor> BY_NAME = byName(Stream.of(
            CommonProto.getDescriptor(),
            ConfigTxProto.getDescriptor(),
            ConfigurationProto.getDescriptor(),
            LedgerProto.getDescriptor(),
            MSPPrincipalProto.getDescriptor(),
            PoliciesProto.getDescriptor(),
            KVQueryResultProto.getDescriptor(),
            RWSetProto.getDescriptor(),
            KVRWSetProto.getDescriptor(),
            IdentitiesProto.getDescriptor(),
            MSPConfigProto.getDescriptor(),
            AbProto.getDescriptor(),
            org.hyperledger.fabric.protos.orderer.ConfigurationProto.getDescriptor(),
            org.hyperledger.fabric.protos.orderer.etcdraft.ConfigurationProto.getDescriptor(),
            org.hyperledger.fabric.protos.orderer.smartbft.ConfigurationProto.getDescriptor(),
            org.hyperledger.fabric.protos.common.CollectionProto.getDescriptor(),
            org.hyperledger.fabric.protos.peer.CollectionProto.getDescriptor(),
            org.hyperledger.fabric.protos.peer.ConfigurationProto.getDescriptor(),
            ChaincodeEventProto.getDescriptor(),
            ChaincodeProto.getDescriptor(),
            PolicyProto.getDescriptor(),
            ProposalProto.getDescriptor(),
            ProposalResponseProto.getDescriptor(),
            QueryProto.getDescriptor(),
            TransactionProto.getDescriptor(),
            ChaincodeDefinitionProto.getDescriptor(),
            DbProto.getDescriptor(),
            LifecycleProto.getDescriptor()));

    private MessageTypes() {}

    /** The message of that full name, if it is known. */
    public static Optional<Descriptor> named(String fullName) {
        return Optional.ofNullable(BY_NAME.get(fullName));
    }

    /** All names, in order. */
    public static Collection<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    private static SortedMap<String, Descriptor> byName(Stream<FileDescriptor> files) {
        SortedMap<String, Descriptor> types = new TreeMap<>();
        files.forEach(file -> file.getMessageTypes().forEach(type -> types.put(type.getFullName(), type)));
        return types;
    }
}
