package org.jangbu.peer.reconcile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.PrivateDataMessage;
import org.hyperledger.fabric.protos.gossip.PrivatePayload;
import org.hyperledger.fabric.protos.gossip.PvtDataDigest;
import org.hyperledger.fabric.protos.gossip.PvtDataElement;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataRequest;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataResponse;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateHashes;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.model.TxId;

/** Questions for private sets, answers, and sets on their way to members, in the messages that Fabric's gossip has for them. */
final class SetMessages {
    private SetMessages() {}

    static ByteString question(List<MissingSet> sets) {
        RemotePvtDataRequest.Builder request = RemotePvtDataRequest.newBuilder();
        sets.forEach(set -> request.addDigests(digest(set)));
        return request.build().toByteString();
    }

    /** What is asked for; the hash of each set is not said, and not needed. */
    static List<MissingSet> asked(ByteString question) throws InvalidProtocolBufferException {
        List<MissingSet> asked = new ArrayList<>();
        for (PvtDataDigest digest : RemotePvtDataRequest.parseFrom(question).getDigestsList()) {
            asked.add(set(digest));
        }
        return asked;
    }

    static ByteString answer(List<ToldSet> told) {
        RemotePvtDataResponse.Builder response = RemotePvtDataResponse.newBuilder();
        for (ToldSet set : told) {
            response.addElements(
                    PvtDataElement.newBuilder().setDigest(digest(set.asked())).addPayload(set.content()));
        }
        return response.build().toByteString();
    }

    /**
     * What was told of sets.
     *
     * @param asked what was asked for; anything else is left out
     */
    static List<ToldSet> told(ByteString answer, List<MissingSet> asked) throws InvalidProtocolBufferException {
        List<ToldSet> told = new ArrayList<>();
        for (PvtDataElement element : RemotePvtDataResponse.parseFrom(answer).getElementsList()) {
            for (MissingSet set : asked) {
                if (element.getPayloadCount() == 1 && digest(set).equals(element.getDigest())) {
                    told.add(new ToldSet(set, element.getPayload(0)));
                }
            }
        }
        return told;
    }

    static ByteString message(PrivateSet set, long height) {
        return PrivateDataMessage.newBuilder()
                .setPayload(PrivatePayload.newBuilder()
                        .setTxId(set.txId().value())
                        .setNamespace(set.chaincode())
                        .setCollectionName(set.collection())
                        .setPrivateRwset(set.content())
                        .setPrivateSimHeight(height))
                .build()
                .toByteString();
    }

    static PrivateSet set(ByteString message) throws InvalidProtocolBufferException {
        PrivatePayload payload = PrivateDataMessage.parseFrom(message).getPayload();
        return new PrivateSet(
                new TxId(payload.getTxId()),
                payload.getNamespace(),
                payload.getCollectionName(),
                payload.getPrivateRwset());
    }

    private static PvtDataDigest digest(MissingSet set) {
        return PvtDataDigest.newBuilder()
                .setTxId(set.expected().txId().value())
                .setNamespace(set.expected().chaincode())
                .setCollection(set.expected().collection())
                .setBlockSeq(set.block())
                .setSeqInBlock(set.expected().position())
                .build();
    }

    private static MissingSet set(PvtDataDigest digest) {
        long position = digest.getSeqInBlock();
        return new MissingSet(
                digest.getBlockSeq(),
                new PrivateHashes.Expected(
                        position < 0 || position > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) position,
                        new TxId(digest.getTxId()),
                        digest.getNamespace(),
                        digest.getCollection(),
                        ByteString.EMPTY));
    }
}
