package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsedTransaction;
import org.jangbu.chaincode.plugin.Endorser;
import org.jangbu.chaincode.plugin.StateView;
import org.jangbu.chaincode.plugin.StateWrite;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.msp.identity.Identity;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.plugin.PluginWrites;
import org.jspecify.annotations.Nullable;

/** A transaction as its validation plug-in sees it. */
record JudgedTransaction(
        long block,
        ChaincodeDefinition definition,
        EndorserTransaction transaction,
        ReadWriteSet.@Nullable Namespace written,
        List<Identity> identities,
        Supplier<Verdict> vscc,
        StateDoor door)
        implements EndorsedTransaction {

    @Override
    public String channel() {
        return transaction.envelope().channelHeader().getChannelId();
    }

    @Override
    public String txId() {
        return transaction.envelope().txId().value();
    }

    /** What no clock can show is the beginning of time: the timestamp is a matter of its sender. */
    @Override
    public Instant timestamp() {
        Timestamp stated = transaction.envelope().channelHeader().getTimestamp();
        try {
            return Instant.ofEpochSecond(stated.getSeconds(), stated.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.EPOCH;
        }
    }

    @Override
    public byte[] creator() {
        return transaction.envelope().signatureHeader().getCreator().toByteArray();
    }

    @Override
    public String chaincode() {
        return transaction.chaincode();
    }

    @Override
    public List<byte[]> arguments() {
        try {
            return transaction.invocation().getChaincodeSpec().getInput().getArgsList().stream()
                    .map(ByteString::toByteArray)
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            return List.of();
        }
    }

    @Override
    public String namespace() {
        return definition.name().value();
    }

    @Override
    public List<StateWrite> writes() {
        return written == null ? List.of() : PluginWrites.of(written);
    }

    @Override
    public byte[] action() {
        return transaction.action().toByteArray();
    }

    @Override
    public List<Endorser> endorsers() {
        return identities.stream()
                .map(identity -> new Endorser(identity.mspId().value(), identity.certificate()))
                .toList();
    }

    @Override
    public byte[] parameter() {
        return definition.validationParameter().toByteArray();
    }

    @Override
    public StateView state() {
        return door;
    }

    @Override
    public Decision standard() {
        Verdict verdict = door.read(vscc);
        return verdict.isValid() ? Decision.accept() : Decision.refuse(verdict.reason());
    }
}
