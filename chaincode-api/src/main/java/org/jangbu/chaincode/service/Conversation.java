package org.jangbu.chaincode.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.Invocation;

/**
 * One transaction as peer and contract talk about it: the peer tells what is asked, replies to each request of the contract in turn, and takes the answer.
 * A request that the peer refuses is the contract's to see; if the peer itself fails, the transaction ends, whatever the contract would make of it.
 */
record Conversation(ServiceStream stream, TransactionKey key, ServiceCall call, HostRequests requests, long deadline) {
    /** A service's words go to callers; not all of them. */
    private static final int MAX_TEXT = 16 << 10;

    ChaincodeResult run(Invocation invocation) throws ChaincodeExecutionException, InterruptedException {
        send(opening(invocation), call::untold);
        while (true) {
            ChaincodeMessage message = call.next(deadline);
            if (message.getType() == ChaincodeMessage.Type.ERROR) {
                throw new ChaincodeExecutionException("transaction returned with failure: " + text(message));
            }
            if (message.getType() == ChaincodeMessage.Type.COMPLETED) {
                return result(message);
            }
            ChaincodeMessage reply = reply(message);
            if (call.served()) {
                send(reply, call::unreplied);
            }
        }
    }

    private void send(ChaincodeMessage message, Runnable otherwise)
            throws ChaincodeExecutionException, InterruptedException {
        boolean sent = false;
        try {
            stream.send(message, deadline);
            sent = true;
        } finally {
            if (!sent) {
                otherwise.run();
            }
        }
    }

    private ChaincodeMessage opening(Invocation invocation) throws ChaincodeExecutionException {
        ChaincodeInput.Builder input = ChaincodeInput.newBuilder().setIsInit(invocation.init());
        invocation.args().forEach(arg -> input.addArgs(ByteString.copyFrom(arg)));
        try {
            return key.message(invocation.init() ? ChaincodeMessage.Type.INIT : ChaincodeMessage.Type.TRANSACTION)
                    .setPayload(input.build().toByteString())
                    .setTimestamp(timestamp(invocation.timestamp()))
                    .setProposal(SignedProposal.parseFrom(invocation.signedProposal()))
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new ChaincodeExecutionException("the signed proposal cannot be read", e);
        }
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private ChaincodeMessage reply(ChaincodeMessage request) throws ChaincodeExecutionException {
        try {
            return key.message(ChaincodeMessage.Type.RESPONSE)
                    .setPayload(requests.answer(request))
                    .build();
        } catch (ChaincodeHostException | InvalidProtocolBufferException e) {
            String text = Requests.name(request) + " failed: transaction ID: " + key.txId() + ": " + e.getMessage();
            return key.message(ChaincodeMessage.Type.ERROR)
                    .setPayload(ByteString.copyFromUtf8(text))
                    .build();
        } catch (RuntimeException e) {
            throw new ChaincodeExecutionException("the peer could not answer it", e);
        }
    }

    private static String text(ChaincodeMessage error) {
        ByteString payload = error.getPayload();
        return payload.substring(0, Math.min(payload.size(), MAX_TEXT)).toStringUtf8();
    }

    private ChaincodeResult result(ChaincodeMessage completed) throws ChaincodeExecutionException {
        try {
            Response response = Response.parseFrom(completed.getPayload());
            requests.written(completed.getSerializedSize());
            return new ChaincodeResult(
                    response.getStatus(),
                    response.getMessage(),
                    response.getPayload().toByteArray(),
                    completed.hasChaincodeEvent() ? event(completed.getChaincodeEvent()) : null);
        } catch (InvalidProtocolBufferException e) {
            throw new ChaincodeExecutionException("the chaincode's answer cannot be read", e);
        }
    }

    // Chaincode id and transaction id of an event are the peer's to set.
    private static ChaincodeResult.Event event(ChaincodeEvent event) {
        return new ChaincodeResult.Event(
                event.getEventName(), event.getPayload().toByteArray());
    }
}
