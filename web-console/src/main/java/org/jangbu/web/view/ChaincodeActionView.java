package org.jangbu.web.view;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;

/** What a chaincode answered: its response and the event it set. */
public record ChaincodeActionView(
        int status, String message, Content payload, String chaincodeVersion, Optional<Event> event) {

    /** An event for those who listen to the chaincode. */
    public record Event(String name, Content payload) {}

    static ChaincodeActionView of(ChaincodeAction action) {
        return new ChaincodeActionView(
                action.getResponse().getStatus(),
                action.getResponse().getMessage(),
                new Content(action.getResponse().getPayload()),
                action.getChaincodeId().getVersion(),
                event(action));
    }

    private static Optional<Event> event(ChaincodeAction action) {
        if (action.getEvents().isEmpty()) {
            return Optional.empty();
        }
        try {
            ChaincodeEvent event = ChaincodeEvent.parseFrom(action.getEvents());
            return Optional.of(new Event(event.getEventName(), new Content(event.getPayload())));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
