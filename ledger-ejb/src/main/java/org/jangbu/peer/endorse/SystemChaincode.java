package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;

/** A chaincode that is part of every peer. Runs on the thread of its proposal; checks its own access rules. */
public interface SystemChaincode {
    /** The version under which endorsements name system chaincodes. */
    String VERSION = "syscc";

    String name();

    /** Whether other chaincodes may call it. */
    boolean callable();

    ChaincodeResult invoke(Call call);

    /**
     * What it is asked.
     *
     * @param proposal the proposal that started it all; its creator's signature has been verified
     * @param channel the channel of the proposal; empty if it names none
     * @param state its own namespace within the simulation; empty without a channel
     * @param legacy the namespace of {@code lscc} within it, where Fabric looks for what an older lifecycle has defined
     */
    record Call(
            UnpackedProposal proposal,
            List<ByteString> args,
            Optional<JoinedChannel> channel,
            Optional<ChaincodeHost> state,
            Optional<ChaincodeHost> legacy) {

        /** The argument at an index as text; empty if there are not so many. */
        public String text(int index) {
            return index < args.size() ? args.get(index).toStringUtf8() : "";
        }
    }

    /** The answer of a call that went well. */
    static ChaincodeResult success(ByteString payload) {
        return new ChaincodeResult(200, "", payload.toByteArray(), null);
    }

    /** The answer of a call that did not. */
    static ChaincodeResult failure(int status, String message) {
        return new ChaincodeResult(status, message, new byte[0], null);
    }
}
