package org.jangbu.peer.gateway;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.UnpackedProposal;

/** A peer behind TLS of its own, as another server has it; it can be made to answer what it likes. */
final class OtherServer extends EndorserGrpc.EndorserImplBase implements AutoCloseable {
    /** What it says instead of what its peer would say. */
    interface Words {
        ProposalResponse of(ProposalResponse honest) throws Exception;
    }

    final AtomicInteger asked = new AtomicInteger();
    private final ProposalQueue queue;
    private final int certificate;
    private final int port;
    private Server server;
    private volatile Words endorsement = honest -> honest;
    private volatile Words introduction = honest -> honest;
    private volatile boolean silent;

    /** @param certificate of which organisation's peer its TLS certificate is */
    OtherServer(TestPeer peer, int certificate, Executor executor) throws IOException {
        this.queue = new ProposalQueue(peer.endorser(), executor, 8, 100);
        this.certificate = certificate;
        this.server = start(0);
        this.port = server.getPort();
    }

    private Server start(int port) throws IOException {
        String name = "peer0.org" + certificate + ".example.com";
        Path tls = FabricVectors.folder("peerOrganizations/org" + certificate + ".example.com/peers/" + name + "/tls");
        return TlsServers.start(port, tls, this);
    }

    int port() {
        return port;
    }

    void endorses(Words words) {
        endorsement = words;
    }

    void introducesItself(Words words) {
        introduction = words;
    }

    void saysNothing() {
        silent = true;
    }

    void speaksAgain() {
        silent = false;
    }

    void stops() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    void startsAgain() throws IOException {
        server = start(port);
    }

    @Override
    public void processProposal(SignedProposal signed, StreamObserver<ProposalResponse> out) {
        try {
            UnpackedProposal proposal = UnpackedProposal.of(signed, 10 << 20);
            boolean meeting = proposal.chaincode().equals("qscc");
            if (!meeting) {
                asked.incrementAndGet();
            }
            CompletionStage<Endorser.Answer> answer = queue.submit(proposal);
            var unused = answer.whenComplete((given, failure) -> {
                if (failure != null) {
                    out.onError(
                            Status.UNKNOWN.withDescription(failure.getMessage()).asRuntimeException());
                } else if (meeting || !silent) {
                    say((meeting ? introduction : endorsement), given.response(), out);
                }
            });
        } catch (Exception e) {
            out.onError(Status.INTERNAL.withCause(e).asRuntimeException());
        }
    }

    private static void say(Words words, ProposalResponse honest, StreamObserver<ProposalResponse> out) {
        try {
            out.onNext(words.of(honest));
            out.onCompleted();
        } catch (Exception e) {
            out.onError(Status.INTERNAL.withCause(e).asRuntimeException());
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
