package org.jangbu.ledger.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.msp.membership.LocalMsp;

/**
 * What somebody decides who founds a channel; the rest of its first configuration follows Fabric's conventions.
 *
 * @param ordererOrganizations organisations that run the ordering service, with the addresses of their orderers
 * @param applicationOrganizations organisations that transact, with the addresses of their anchor peers
 */
public record ChannelProfile(
        ChannelId channel,
        List<Organization> ordererOrganizations,
        List<Organization> applicationOrganizations,
        Batch batch,
        Consensus consensus) {

    public ChannelProfile {
        ordererOrganizations = List.copyOf(ordererOrganizations);
        applicationOrganizations = List.copyOf(applicationOrganizations);
    }

    /**
     * One organisation.
     *
     * @param group the name of its config group, by custom its MSP id
     * @param msp its MSP as the channel shall know it: certificates, no keys
     * @param addresses of its orderers or anchor peers
     */
    public record Organization(String group, MspId mspId, MSPConfig msp, List<Address> addresses) {
        public Organization {
            addresses = List.copyOf(addresses);
        }

        /** An organisation as its own folder ({@code organizations/…/msp}) describes it, in a group named as the MSP is. */
        public static Organization of(LocalMsp msp, List<Address> addresses) {
            return new Organization(msp.id().value(), msp.id(), msp.channelConfig(), addresses);
        }
    }

    /** Where a node listens. */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** When a block is cut; see {@link ChannelConfig.OrdererSettings} for the meaning of each. */
    public record Batch(int maxMessageCount, int absoluteMaxBytes, int preferredMaxBytes, Duration timeout) {
        /** 500 messages, 10 MiB for one message, 2 MiB for a block of several, 200 ms. */
        public static final Batch DEFAULT = new Batch(500, 10 << 20, 2 << 20, Duration.ofMillis(200));
    }

    /** Name and settings of the consensus; settings are written as text properties. */
    public record Consensus(String type, Map<String, String> metadata) {
        /** Ordering over JMS, transactions of a batch sorted by the timestamp of their channel headers. */
        public static final Consensus JMS = new Consensus(
                ConsensusMetadata.JMS, Map.of(ConsensusMetadata.ORDER, ConsensusMetadata.ORDER_BY_TIMESTAMP));

        public Consensus {
            metadata = Map.copyOf(metadata);
        }
    }
}
