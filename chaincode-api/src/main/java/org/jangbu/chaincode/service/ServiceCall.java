package org.jangbu.chaincode.service;

import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What arrives for one running transaction, until its thread takes it: at most one request, for a contract asks one thing at a time, and at most one
 * answer. The stream's thread puts in and never waits; the invocation's thread takes out.
 */
final class ServiceCall {
    private @Nullable ChaincodeMessage request;
    private boolean serving;
    private @Nullable ChaincodeMessage answer;
    private @Nullable String verdict;
    private boolean silent;

    /** Takes a message from the stream; true if it was the last one of this transaction. */
    synchronized boolean offer(ChaincodeMessage message) {
        if (Requests.isAnswer(message)) {
            answer = answer == null ? message : answer;
            notifyAll();
            return true;
        }
        if (request != null || serving) {
            fail("the chaincode sent " + Requests.name(message) + " before an earlier request was answered");
        } else {
            request = message;
            notifyAll();
        }
        return false;
    }

    /** Ends it without an answer; the first reason counts. */
    synchronized void fail(String reason) {
        if (verdict == null) {
            verdict = reason;
            notifyAll();
        }
    }

    /** Ends it because of a message that is not taken. Whether the contract waits for a reply or is done is known from it all the same. */
    synchronized void reject(ChaincodeMessage message, String reason) {
        serving |= Requests.isRequest(message);
        silent |= Requests.isAnswer(message);
        fail(reason);
    }

    /**
     * Waits for what comes next: a request, or the answer when no request is left.
     *
     * @param deadline as of {@link System#nanoTime}
     */
    synchronized ChaincodeMessage next(long deadline) throws ChaincodeExecutionException, InterruptedException {
        while (true) {
            if (verdict != null) {
                throw new ChaincodeExecutionException(verdict);
            }
            ChaincodeMessage waiting = request;
            if (waiting != null) {
                request = null;
                serving = true;
                return waiting;
            }
            if (answer != null) {
                return answer;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw overdue();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** What Fabric's peers say when a call takes longer than it may. */
    static ChaincodeExecutionException overdue() {
        return new ChaincodeExecutionException("timeout expired while executing transaction");
    }

    /** The request that was taken is done with; false if no reply is to be sent: the contract has answered, or the call has failed meanwhile. */
    synchronized boolean served() {
        serving = verdict != null;
        return answer == null && verdict == null;
    }

    /** The contract was never told of it. */
    synchronized void untold() {
        silent = true;
    }

    /** The reply to the request that was done with did not reach the contract, which waits for it still. */
    synchronized void unreplied() {
        serving = true;
    }

    /** Whether the contract has answered or was never told, so that nothing more will come from it. */
    synchronized boolean isAnswered() {
        return answer != null || silent;
    }

    /** Whether the contract waits for a reply. */
    synchronized boolean isAsking() {
        return !isAnswered() && (serving || request != null);
    }
}
