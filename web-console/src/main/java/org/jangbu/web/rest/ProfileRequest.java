package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.ConsensusMetadata;
import org.jangbu.ledger.consortium.Consortium;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.ordering.participation.ChannelParticipation.Founding;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Reads the profile of a channel that is to be founded. What it leaves out is taken from the orderer and its consortium. */
final class ProfileRequest {
    private static final int MOST_ORGANIZATIONS = 1000;
    private static final int MOST_NODES = 1000;
    private static final int HIGHEST_PORT = 65535;
    private static final long LONGEST_TIMEOUT_MILLIS = Duration.ofHours(1).toMillis();

    private final Founding founding;
    private @Nullable ChannelId channel;
    private Optional<String> consortium;
    private Optional<List<ChannelProfile.Organization>> orderers = Optional.empty();
    private final List<ChannelProfile.Organization> organizations = new ArrayList<>();
    private ChannelProfile.Batch batch = ChannelProfile.Batch.DEFAULT;
    private String order = ConsensusMetadata.ORDER_BY_TIMESTAMP;

    private ProfileRequest(Founding founding) {
        this.founding = founding;
        this.consortium = founding.consortium().map(Consortium::name);
    }

    /** The profile that {@code body} describes. */
    static ChannelProfile read(byte[] body, Founding founding) {
        ProfileRequest request = new ProfileRequest(founding);
        StrictJson.object(body, request::member);
        return request.profile();
    }

    private ChannelProfile profile() {
        if (channel == null) {
            throw StrictJson.missing("channel");
        }
        if (organizations.isEmpty()) {
            throw StrictJson.missing("organizations");
        }
        return new ChannelProfile(
                channel,
                consortium,
                orderers.orElseGet(() -> List.of(own())),
                organizations,
                batch,
                new ChannelProfile.Consensus(ConsensusMetadata.JMS, Map.of(ConsensusMetadata.ORDER, order)));
    }

    private ChannelProfile.Organization own() {
        return new ChannelProfile.Organization(
                founding.mspId().value(),
                founding.mspId(),
                founding.msp(),
                List.of(address("ordererOrganizations", founding.address())));
    }

    private boolean member(String name, StrictJson json) {
        switch (name) {
            case "channel" -> channel = channel(json.text(name));
            case "consortium" -> consortium = Optional.of(json.text(name));
            case "ordererOrganizations" -> {
                List<ChannelProfile.Organization> ordering = new ArrayList<>();
                json.each(name, few(name, MOST_ORGANIZATIONS), path -> ordering.add(organization(path, json, false)));
                orderers = Optional.of(ordering);
            }
            case "organizations" ->
                json.each(
                        name, few(name, MOST_ORGANIZATIONS), path -> organizations.add(organization(path, json, true)));
            case "batch" -> batch = batch(json);
            case "order" -> order = order(json.text(name));
            default -> {
                return false;
            }
        }
        return true;
    }

    private ChannelProfile.Organization organization(String path, StrictJson json, boolean transacts) {
        Organization read = new Organization(path);
        json.currentMembers(path, (name, value) -> read.member(name, value, transacts));
        MspId mspId = read.mspId();
        ChannelProfile.Organization organization = new ChannelProfile.Organization(
                mspId.value(), mspId, read.msp.orElseGet(() -> known(path, mspId)), read.addresses);
        try {
            return organization.with(read.roles);
        } catch (IllegalArgumentException e) {
            throw invalid(path + ".roles", String.valueOf(e.getMessage()), mspId.value());
        }
    }

    /** What this server knows of an organisation whose MSP was not sent. */
    private MSPConfig known(String path, MspId mspId) {
        if (mspId.equals(founding.mspId())) {
            return founding.msp();
        }
        return founding.consortium()
                .flatMap(known -> known.msp(mspId))
                .orElseThrow(() -> invalid(
                        path + ".msp", "is missing, and " + mspId + " is no member of the orderer's consortium", ""));
    }

    private static ChannelId channel(String name) {
        if (!ChannelId.isValid(name)) {
            throw invalid("channel", "is named by lower-case letters, digits, dots and hyphens", name);
        }
        return new ChannelId(name);
    }

    private static String order(String text) {
        if (!text.equals(ConsensusMetadata.ORDER_BY_TIMESTAMP) && !text.equals(ConsensusMetadata.ORDER_BY_ARRIVAL)) {
            throw invalid("order", "is TIMESTAMP or ARRIVAL", text);
        }
        return text;
    }

    private static ChannelProfile.Batch batch(StrictJson json) {
        long[] values = {
            ChannelProfile.Batch.DEFAULT.maxMessageCount(),
            ChannelProfile.Batch.DEFAULT.absoluteMaxBytes(),
            ChannelProfile.Batch.DEFAULT.preferredMaxBytes(),
            ChannelProfile.Batch.DEFAULT.timeout().toMillis()
        };
        json.nested("batch", (name, value) -> {
            String path = "batch." + name;
            switch (name) {
                case "maxMessageCount" -> values[0] = value.number(path, 1, Integer.MAX_VALUE);
                case "absoluteMaxBytes" -> values[1] = value.number(path, 1, Integer.MAX_VALUE);
                case "preferredMaxBytes" -> values[2] = value.number(path, 1, Integer.MAX_VALUE);
                case "timeout" -> values[3] = timeout(path, value.text(path));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new ChannelProfile.Batch(
                (int) values[0], (int) values[1], (int) values[2], Duration.ofMillis(values[3]));
    }

    private static long timeout(String path, String text) {
        try {
            long millis = ChannelProfile.Batch.timeout(text).toMillis();
            if (millis > 0 && millis <= LONGEST_TIMEOUT_MILLIS) {
                return millis;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(path, "is a time such as 200ms or 2s", text);
        }
        throw invalid(path, "is between a millisecond and an hour", text);
    }

    private static ChannelProfile.Address address(String path, String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && colon <= 253 && port > 0 && port <= HIGHEST_PORT) {
                return new ChannelProfile.Address(text.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            throw invalid(path, "is host:port", text);
        }
        throw invalid(path, "is host:port", text);
    }

    private static StrictJson.Counted few(String member, int most) {
        return count -> {
            if (count > most) {
                throw invalid(member, "holds more than " + most + " entries", "");
            }
        };
    }

    private static RuntimeException invalid(String member, String rule, String value) {
        Problem problem =
                Problem.of(ProblemCode.INVALID_BODY, member + " " + rule).with("member", member);
        return (value.isEmpty() ? problem : problem.withValue(value)).exception();
    }

    /** An organisation while it is read. */
    private static final class Organization {
        private final String path;
        private @Nullable MspId mspId;
        private Optional<MSPConfig> msp = Optional.empty();
        private final List<ChannelProfile.Address> addresses = new ArrayList<>();
        private ChannelProfile.Roles roles = ChannelProfile.Roles.UNSAID;

        Organization(String path) {
            this.path = path;
        }

        MspId mspId() {
            if (mspId == null) {
                throw StrictJson.missing(path + ".mspId");
            }
            return mspId;
        }

        boolean member(String name, StrictJson json, boolean transacts) {
            String at = path + "." + name;
            if (name.equals("mspId")) {
                mspId = id(at, json.text(at));
            } else if (name.equals("msp")) {
                msp = Optional.of(config(at, json.base64(at)));
            } else if (name.equals(transacts ? "anchorPeers" : "addresses")) {
                json.each(at, few(at, MOST_NODES), entry -> addresses.add(address(entry, json.currentText(entry))));
            } else if (name.equals("roles") && transacts) {
                roles = roles(at, json);
            } else {
                return false;
            }
            return true;
        }

        private static ChannelProfile.Roles roles(String path, StrictJson json) {
            Map<String, Set<NodeName>> read = new java.util.HashMap<>();
            json.nested(path, (name, value) -> {
                if (!name.equals("endorsing") && !name.equals("leading")) {
                    return false;
                }
                String at = path + "." + name;
                Set<NodeName> nodes = new HashSet<>();
                value.each(at, few(at, MOST_NODES), entry -> nodes.add(node(entry, value.currentText(entry))));
                read.put(name, nodes);
                return true;
            });
            return new ChannelProfile.Roles(
                    Optional.ofNullable(read.get("endorsing")), Optional.ofNullable(read.get("leading")));
        }

        private static NodeName node(String path, String name) {
            if (!NodeName.isValid(name)) {
                throw invalid(path, "is no node's name", name);
            }
            return new NodeName(name);
        }

        private static MspId id(String path, String text) {
            try {
                return new MspId(text);
            } catch (IllegalArgumentException e) {
                throw invalid(path, "is no MSP's id", text);
            }
        }

        private static MSPConfig config(String path, ByteString bytes) {
            try {
                return MSPConfig.parseFrom(bytes);
            } catch (InvalidProtocolBufferException e) {
                throw invalid(path, "is no msp.MSPConfig", "");
            }
        }
    }
}
