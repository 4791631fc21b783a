package org.jangbu.cli.channel;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.Yaml;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.ChannelProfile.Address;
import org.jangbu.ledger.channel.ChannelProfile.Batch;
import org.jangbu.ledger.channel.ChannelProfile.Consensus;
import org.jangbu.ledger.channel.ChannelProfile.Organization;
import org.jangbu.ledger.channel.ChannelProfile.Roles;
import org.jangbu.ledger.channel.ConsensusMetadata;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/** Reads what a channel shall be from YAML; MSP folders are relative to that file. */
final class ProfileReader {
    private final Path folder;

    private ProfileReader(Path folder) {
        this.folder = folder;
    }

    static ChannelProfile read(Path file, Optional<String> channel) {
        Yaml yaml = Yaml.read(file)
                .only("channel", "consortium", "ordererOrganizations", "organizations", "batch", "order");
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
        try {
            return new ProfileReader(folder).profile(yaml, channel.orElseGet(() -> yaml.required("channel")));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + ": " + e.getMessage(), e);
        }
    }

    private ChannelProfile profile(Yaml yaml, String channel) {
        List<Organization> orderers = yaml.mappings("ordererOrganizations").stream()
                .map(this::orderer)
                .toList();
        List<Organization> members =
                yaml.mappings("organizations").stream().map(this::member).toList();
        if (orderers.isEmpty()) {
            throw new IllegalArgumentException("ordererOrganizations is empty: somebody must order");
        }
        return new ChannelProfile(
                new ChannelId(channel),
                yaml.text("consortium"),
                orderers,
                members,
                yaml.mapping("batch").map(ProfileReader::batch).orElse(Batch.DEFAULT),
                yaml.text("order").map(ProfileReader::consensus).orElse(Consensus.JMS));
    }

    private Organization orderer(Yaml yaml) {
        yaml.only("mspId", "mspDir", "addresses");
        return Organization.of(msp(yaml), addresses(yaml, "addresses"));
    }

    private Organization member(Yaml yaml) {
        yaml.only("mspId", "mspDir", "anchorPeers", "roles");
        return Organization.of(msp(yaml), addresses(yaml, "anchorPeers"))
                .with(yaml.mapping("roles").map(ProfileReader::roles).orElse(Roles.UNSAID));
    }

    private LocalMsp msp(Yaml yaml) {
        Path path = folder.resolve(yaml.required("mspDir"));
        try {
            return LocalMsp.read(path, new MspId(yaml.required("mspId")));
        } catch (IOException | MspConfigurationException e) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, "the MSP folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static List<Address> addresses(Yaml yaml, String name) {
        return yaml.texts(name).orElse(List.of()).stream()
                .map(ProfileReader::address)
                .toList();
    }

    private static Address address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon < 1 || port < 1 || port > 65535) {
                throw new NumberFormatException(text);
            }
            return new Address(text.substring(0, colon), port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("an address is host:port, not " + text, e);
        }
    }

    private static Roles roles(Yaml yaml) {
        yaml.only("endorsing", "leading");
        return new Roles(nodes(yaml, "endorsing"), nodes(yaml, "leading"));
    }

    private static Optional<Set<NodeName>> nodes(Yaml yaml, String name) {
        return yaml.texts(name).map(names -> names.stream().map(NodeName::new).collect(Collectors.toUnmodifiableSet()));
    }

    private static Batch batch(Yaml yaml) {
        yaml.only("maxMessageCount", "absoluteMaxBytes", "preferredMaxBytes", "timeoutMillis");
        return new Batch(
                yaml.number("maxMessageCount").orElse(Batch.DEFAULT.maxMessageCount()),
                yaml.number("absoluteMaxBytes").orElse(Batch.DEFAULT.absoluteMaxBytes()),
                yaml.number("preferredMaxBytes").orElse(Batch.DEFAULT.preferredMaxBytes()),
                yaml.number("timeoutMillis").map(Duration::ofMillis).orElse(Batch.DEFAULT.timeout()));
    }

    private static Consensus consensus(String order) {
        if (!Set.of(ConsensusMetadata.ORDER_BY_TIMESTAMP, ConsensusMetadata.ORDER_BY_ARRIVAL)
                .contains(order)) {
            throw new IllegalArgumentException("order must be " + ConsensusMetadata.ORDER_BY_TIMESTAMP + " or "
                    + ConsensusMetadata.ORDER_BY_ARRIVAL);
        }
        return new Consensus(ConsensusMetadata.JMS, Map.of(ConsensusMetadata.ORDER, order));
    }
}
