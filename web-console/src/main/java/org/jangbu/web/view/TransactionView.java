package org.jangbu.web.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A transaction of a block, whatever it is: all that its bytes tell. What cannot be read is absent and {@code problem} says why.
 *
 * @param transactionId as the channel header states it; empty for configuration
 * @param type Fabric's header type by name
 * @param timestamp the client's, from the channel header
 * @param validationCode Fabric's {@code TxValidationCode} by name
 * @param response the first endorsers' common answer
 */
public record TransactionView(
        String channel,
        long blockNumber,
        int position,
        String transactionId,
        String type,
        Optional<Instant> timestamp,
        String validationCode,
        Optional<IdentityView> creator,
        Optional<ProposalView> proposal,
        Optional<ReadWriteSetView> readWriteSet,
        List<IdentityView> endorsers,
        Optional<ChaincodeActionView> response,
        Optional<ConfigView> config,
        Optional<String> problem) {

    /** Whether it took effect. */
    public boolean valid() {
        return validationCode.equals("VALID");
    }

    /** The chaincode that was asked, if any. */
    public Optional<String> chaincode() {
        return proposal.map(ProposalView::chaincode);
    }

    /** The few words a list needs. */
    public TransactionSummary summary() {
        return new TransactionSummary(
                position,
                transactionId,
                type,
                timestamp,
                creator.map(IdentityView::mspId),
                chaincode(),
                proposal.flatMap(ProposalView::function),
                validationCode);
    }
}
