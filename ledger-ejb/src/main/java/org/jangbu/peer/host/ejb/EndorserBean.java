package org.jangbu.peer.host.ejb;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.peer.gateway.EndorseException;

/**
 * Endorsement as an enterprise bean, for modules that look beans up rather than inject: {@code java:app/ledger-ejb/EndorserBean}. Callers are
 * authenticated by the signature of what they send, never by the container.
 */
@Singleton
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container sets the field
public class EndorserBean {
    @EJB
    LedgerStartup startup;

    /** Simulates a proposal on one peer, preferably of its creator's organisation. */
    public CompletionStage<ProposalResponse> evaluate(SignedProposal proposal) {
        return startup.gateway().evaluate(proposal);
    }

    /** Has every endorsing peer here simulate and sign a proposal. */
    public CompletionStage<List<EndorseException.Answer>> endorse(SignedProposal proposal) {
        return startup.gateway().endorseByAll(proposal);
    }
}
