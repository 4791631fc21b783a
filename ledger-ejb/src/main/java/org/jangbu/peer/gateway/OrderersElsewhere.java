package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jangbu.ledger.channel.ChannelConfig;

/**
 * Where orderers of other servers are.
 *
 * @param own addresses of this server's nodes, host:port
 */
record OrderersElsewhere(Set<String> own) {
    private static final int MOST = 8;

    OrderersElsewhere {
        own = Set.copyOf(own);
    }

    /** Those that a channel's configuration names, in its order. */
    List<PeerConnections.Destination> of(ChannelConfig config) {
        List<PeerConnections.Destination> places = new ArrayList<>();
        for (ChannelConfig.Organization organization : config.ordererOrganizations()) {
            Set<ByteString> authorities = ConfiguredNodes.authorities(config, "Orderer", organization);
            for (String address : ConfiguredNodes.orderers(config, organization)) {
                if (!own.contains(address) && places.size() < MOST) {
                    PeerConnections.Destination.of(address, authorities).ifPresent(places::add);
                }
            }
        }
        return places;
    }
}
