package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.Quoted;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.host.PeerDoor;

/**
 * Where services stand: the peer at whose port a call came.
 *
 * @param addresses of this server's nodes, as others reach them
 * @param open the peer's door, once its ledgers are open
 */
record PeerPlace(NodeName node, MspId mspId, Function<NodeName, String> addresses, Supplier<Optional<PeerDoor>> open) {

    /** The peer's door; UNAVAILABLE while there is none. */
    PeerDoor door() {
        return open.get()
                .orElseThrow(
                        () -> GrpcFailure.of(Code.UNAVAILABLE, "this server is not ready: its ledgers are not open"));
    }

    /**
     * Requires that somebody who has signed these bytes may use a resource of a channel. A channel that is not here looks like one that the signer may not
     * use.
     */
    void requireMay(String channel, String resource, ByteString request, ByteString identity, ByteString signature) {
        Optional<JoinedChannel> joined = door().channel(channel);
        Optional<String> refusal = joined.isEmpty()
                ? Optional.of("failed to get policy manager for channel [" + Quoted.brief(channel) + "]")
                : door().access()
                        .refusal(
                                joined.get().config(), resource, new SignedData(List.of(request), identity, signature));
        if (refusal.isPresent()) {
            throw GrpcFailure.of(Code.PERMISSION_DENIED, refusal.get());
        }
    }

    /** What an orderer of a channel said, by the first address that the channel's configuration has for one. */
    ErrorDetail orderer(String channel, String message) {
        return door().channel(channel)
                .flatMap(joined -> ConfiguredOrganizations.of(joined.config()).orderers().stream()
                        .findFirst())
                .map(orderer -> GrpcFailure.detail(
                        orderer.addresses().stream().findFirst().orElse(""), orderer.mspId(), message))
                .orElseGet(() -> GrpcFailure.detail("", "", message));
    }
}
