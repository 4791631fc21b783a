package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/** Under which TLS authorities clients of a node may stand: those of its own MSP, and those of all organisations of its channels. */
public final class TlsAuthorities {
    private TlsAuthorities() {}

    /**
     * The certificates in PEM, as they are now.
     *
     * @param channels the configurations of those that the node has joined
     */
    public static Set<ByteString> of(LocalNode node, Collection<ChannelConfig> channels) {
        Set<ByteString> authorities = new LinkedHashSet<>(own(node));
        channels.forEach(
                config -> authorities.addAll(ConfiguredOrganizations.of(config).tlsAuthorities()));
        return authorities;
    }

    private static Set<ByteString> own(LocalNode node) {
        try {
            FabricMSPConfig config =
                    FabricMSPConfig.parseFrom(LocalMsp.read(node.home().resolve("msp"), node.mspId())
                            .channelConfig()
                            .getConfig());
            Set<ByteString> own = new LinkedHashSet<>(config.getTlsRootCertsList());
            own.addAll(config.getTlsIntermediateCertsList());
            return own;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        } catch (IOException | MspConfigurationException e) {
            // The node runs; its folder is being changed, or was. Then the channels alone say who may come.
            return Set.of();
        }
    }
}
