package org.jangbu.ledger.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.membership.LocalMsp;

/**
 * What somebody decides who founds a channel; the rest of its first configuration follows Fabric's conventions.
 *
 * @param consortium the name of the consortium that the channel is of, where its orderer belongs to one
 * @param ordererOrganizations organisations that run the ordering service, with the addresses of their orderers
 * @param applicationOrganizations organisations that transact, with the addresses of their anchor peers
 */
public record ChannelProfile(
        ChannelId channel,
        Optional<String> consortium,
        List<Organization> ordererOrganizations,
        List<Organization> applicationOrganizations,
        Batch batch,
        Consensus consensus) {

    public ChannelProfile {
        ordererOrganizations = List.copyOf(ordererOrganizations);
        applicationOrganizations = List.copyOf(applicationOrganizations);
    }

    /** A channel of no consortium. */
    public ChannelProfile(
            ChannelId channel,
            List<Organization> ordererOrganizations,
            List<Organization> applicationOrganizations,
            Batch batch,
            Consensus consensus) {
        this(channel, Optional.empty(), ordererOrganizations, applicationOrganizations, batch, consensus);
    }

    /**
     * One organisation.
     *
     * @param group the name of its config group, by custom its MSP id
     * @param msp its MSP as the channel shall know it: certificates, no keys
     * @param addresses of its orderers or anchor peers
     * @param roles of its peers; nothing for an organisation that orders
     */
    public record Organization(String group, MspId mspId, MSPConfig msp, List<Address> addresses, Roles roles) {
        /**
         * An organisation with roles.
         *
         * @throws IllegalArgumentException if roles name a node and the MSP does not tell which CA certifies its nodes
         */
        public Organization {
            addresses = List.copyOf(addresses);
            if (roles.named().findAny().isPresent()) {
                NodePolicy.certifiers(mspId, msp);
            }
        }

        /** An organisation that says nothing about the roles of its peers. */
        public Organization(String group, MspId mspId, MSPConfig msp, List<Address> addresses) {
            this(group, mspId, msp, addresses, Roles.UNSAID);
        }

        /** An organisation as its own folder ({@code organizations/…/msp}) describes it, in a group named as the MSP is. */
        public static Organization of(LocalMsp msp, List<Address> addresses) {
            return new Organization(msp.id().value(), msp.id(), msp.channelConfig(), addresses);
        }

        /** The same with roles. */
        public Organization with(Roles other) {
            return new Organization(group, mspId, msp, addresses, other);
        }
    }

    /**
     * Which peers of an organisation have which role on the channel; anchors are told by their addresses.
     *
     * @param endorsing those that endorse, perhaps none; where nothing is said each peer's own settings decide
     * @param leading those that fetch blocks for the others; where nothing is said each fetches its own
     */
    public record Roles(Optional<Set<NodeName>> endorsing, Optional<Set<NodeName>> leading) {
        /** Nothing is said of any role. */
        public static final Roles UNSAID = new Roles(Optional.empty(), Optional.empty());

        public Roles {
            endorsing = endorsing.map(Set::copyOf);
            leading = leading.map(Set::copyOf);
        }

        /** Only these endorse. */
        public static Roles endorsedBy(NodeName... nodes) {
            return new Roles(Optional.of(Set.of(nodes)), Optional.empty());
        }

        Stream<NodeName> named() {
            return Stream.of(endorsing, leading).flatMap(Optional::stream).flatMap(Set::stream);
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

        /**
         * A time as profiles and BatchTimeout have it, in Go's spelling: {@code 200ms}, {@code 2s}, {@code 1m30s}.
         *
         * @throws IllegalArgumentException if the text is none
         */
        public static Duration timeout(String text) {
            return GoDuration.parse(text);
        }
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
