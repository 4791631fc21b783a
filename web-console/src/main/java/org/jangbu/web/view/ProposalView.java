package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.jangbu.model.EndorserTransaction;

/**
 * What was asked of a chaincode.
 *
 * @param function the first argument, by convention the function's name; absent when nothing was passed
 * @param args the other arguments
 * @param isInit whether it was the call that initialises a chaincode
 */
public record ProposalView(String chaincode, Optional<Content> function, List<Content> args, boolean isInit) {
    static ProposalView of(EndorserTransaction transaction) {
        try {
            ChaincodeInvocationSpec spec = transaction.invocation();
            List<ByteString> args = spec.getChaincodeSpec().getInput().getArgsList();
            return new ProposalView(
                    transaction.chaincode(),
                    args.stream().findFirst().map(Content::new),
                    args.stream().skip(1).map(Content::new).toList(),
                    spec.getChaincodeSpec().getInput().getIsInit());
        } catch (InvalidProtocolBufferException e) {
            // Nobody judges the input: a transaction may be valid and yet tell nothing readable about what was asked.
            return new ProposalView(transaction.chaincode(), Optional.empty(), List.of(), false);
        }
    }
}
