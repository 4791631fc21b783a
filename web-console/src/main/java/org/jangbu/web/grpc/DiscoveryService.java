package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.discovery.ChaincodeQueryResult;
import org.hyperledger.fabric.protos.discovery.ConfigResult;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.EndorsementDescriptor;
import org.hyperledger.fabric.protos.discovery.Endpoint;
import org.hyperledger.fabric.protos.discovery.Endpoints;
import org.hyperledger.fabric.protos.discovery.Error;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.Response;
import org.hyperledger.fabric.protos.discovery.SignedRequest;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.gateway.Discovery;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.web.problem.Failures;

/**
 * {@code discovery.Discovery}: what a channel's configuration, the peers of this server and those that it has met offer, for clients that find their way themselves. A query that is
 * refused, or for a channel that is not here, gets {@code access denied}; the others of the request are answered.
 */
final class DiscoveryService extends DiscoveryGrpc.DiscoveryImplBase {
    private static final int MOST_QUERIES = 100;
    private static final int MOST_INTERESTS = 100;
    private static final String WRITERS = "/Channel/Application/Writers";

    private final PeerPlace place;
    private final Supplier<Optional<Discovery>> open;

    DiscoveryService(PeerPlace place, Supplier<Optional<Discovery>> open) {
        this.place = place;
        this.open = open;
    }

    @Override
    public void discover(SignedRequest signed, StreamObserver<Response> out) {
        Unary.abandonment(out);
        Request request;
        try {
            request = Request.parseFrom(signed.getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw GrpcFailure.of(Code.INVALID_ARGUMENT, "failed parsing request: " + e.getMessage());
        }
        if (request.getAuthentication().getClientIdentity().isEmpty()) {
            throw GrpcFailure.of(Code.INVALID_ARGUMENT, "access denied, client identity wasn't supplied");
        }
        if (request.getQueriesCount() > MOST_QUERIES) {
            throw GrpcFailure.of(Code.INVALID_ARGUMENT, "at most " + MOST_QUERIES + " queries in a request");
        }
        Optional<ByteString> shown = ClientCertificate.currentHash();
        if (shown.isPresent() && !shown.get().equals(request.getAuthentication().getClientTlsCertHash())) {
            throw GrpcFailure.of(
                    Code.PERMISSION_DENIED, "the request names another TLS certificate than the connection shows");
        }
        SignedData data = new SignedData(
                List.of(signed.getPayload()), request.getAuthentication().getClientIdentity(), signed.getSignature());
        List<CompletableFuture<QueryResult>> results = request.getQueriesList().stream()
                .map(query -> answer(query, data).toCompletableFuture())
                .toList();
        Unary.answer(
                out,
                "Discover",
                all(results)
                        .thenApply(answers ->
                                Response.newBuilder().addAllResults(answers).build()),
                failure -> null);
    }

    private static <T> CompletionStage<List<T>> all(List<CompletableFuture<T>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new))
                .thenApply(done -> stages.stream().map(CompletableFuture::join).toList());
    }

    private Discovery discovery() {
        return open.get()
                .orElseThrow(
                        () -> GrpcFailure.of(Code.UNAVAILABLE, "this server is not ready: its ledgers are not open"));
    }

    private CompletionStage<QueryResult> answer(Query query, SignedData data) {
        if (query.getQueryCase() == Query.QueryCase.LOCAL_PEERS) {
            return now(isAdministrator(data) ? members(discovery().members(), false) : denied());
        }
        Optional<JoinedChannel> joined = place.door().channel(query.getChannel());
        if (joined.isEmpty() || !mayAsk(joined.get().config(), data)) {
            return now(denied());
        }
        ChannelConfig config = joined.get().config();
        return switch (query.getQueryCase()) {
            case CONFIG_QUERY ->
                now(QueryResult.newBuilder().setConfigResult(config(config)).build());
            case PEER_QUERY ->
                query.getPeerQuery().hasFilter()
                                && query.getPeerQuery().getFilter().getChaincodesCount() > 0
                        ? peersFor(config.channel(), query.getPeerQuery().getFilter())
                        : discovery().members(config.channel()).thenApply(found -> members(found, true));
            case CC_QUERY -> chaincodes(config.channel(), query.getCcQuery().getInterestsList());
            default -> now(error("unknown or missing request type"));
        };
    }

    private boolean mayAsk(ChannelConfig config, SignedData data) {
        return place.door()
                .access()
                .refusal(config, config.policy(WRITERS).orElse(Policy.UNSATISFIABLE), WRITERS, data)
                .isEmpty();
    }

    private boolean isAdministrator(SignedData data) {
        return place.door().access().hasRole(place.door().membership(), place.mspId(), MSPRoleType.ADMIN, data);
    }

    private static ConfigResult config(ChannelConfig config) {
        ConfiguredOrganizations organizations = ConfiguredOrganizations.of(config);
        ConfigResult.Builder result = ConfigResult.newBuilder();
        organizations.members().forEach(msp -> result.putMsps(msp.getName(), msp));
        organizations.orderers().forEach(orderers -> {
            Endpoints.Builder endpoints = Endpoints.newBuilder();
            orderers.addresses().forEach(address -> endpoints.addEndpoint(endpoint(address)));
            result.putOrderers(orderers.mspId(), endpoints.build());
        });
        return result.build();
    }

    /** Of host:port; what an administrator has written otherwise stays a host without a port. */
    private static Endpoint endpoint(String address) {
        int colon = address.lastIndexOf(':');
        try {
            return Endpoint.newBuilder()
                    .setHost(address.substring(0, Math.max(0, colon)))
                    .setPort(Integer.parseInt(address.substring(colon + 1)))
                    .build();
        } catch (NumberFormatException e) {
            return Endpoint.newBuilder().setHost(address).build();
        }
    }

    private static QueryResult members(List<Discovery.Member> members, boolean ofChannel) {
        return QueryResult.newBuilder()
                .setMembers(PeerMembershipResult.newBuilder()
                        .putAllPeersByOrg(DiscoveredPeers.byOrganization(members, ofChannel)))
                .build();
    }

    private CompletionStage<QueryResult> peersFor(ChannelId channel, ChaincodeInterest filter) {
        return discovery()
                .endorsers(channel, filter)
                .thenApply(endorsers -> members(
                        endorsers.groups().values().stream()
                                .flatMap(List::stream)
                                .toList(),
                        true))
                .exceptionallyCompose(failure -> refused("", failure));
    }

    private CompletionStage<QueryResult> chaincodes(ChannelId channel, List<ChaincodeInterest> interests) {
        if (interests.isEmpty() || interests.size() > MOST_INTERESTS) {
            return now(error("chaincode query must have between 1 and " + MOST_INTERESTS + " chaincode interests"));
        }
        List<CompletableFuture<EndorsementDescriptor>> descriptors = interests.stream()
                .map(interest -> discovery()
                        .endorsers(channel, interest)
                        .thenApply(endorsers -> DiscoveredPeers.descriptor(
                                interest.getChaincodesCount() == 0
                                        ? ""
                                        : interest.getChaincodes(0).getName(),
                                endorsers))
                        .toCompletableFuture())
                .toList();
        return all(descriptors)
                .thenApply(content -> QueryResult.newBuilder()
                        .setCcQueryRes(ChaincodeQueryResult.newBuilder().addAllContent(content))
                        .build())
                .exceptionallyCompose(failure -> refused("failed constructing descriptor for chaincodes: ", failure));
    }

    /** The words of a refusal; what nobody foresaw stays a failure. */
    private static CompletionStage<QueryResult> refused(String before, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof EndorseException e
                ? now(error(before + e.getMessage()))
                : CompletableFuture.failedFuture(cause);
    }

    private static CompletionStage<QueryResult> now(QueryResult result) {
        return CompletableFuture.completedFuture(result);
    }

    private static QueryResult denied() {
        return error("access denied");
    }

    private static QueryResult error(String words) {
        return QueryResult.newBuilder()
                .setError(Error.newBuilder().setContent(words))
                .build();
    }
}
