package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.web.access.Names;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Reads what is sent about configurations. */
final class ConfigRequests {
    /** Most revocation lists in one update, and most signatures under one. */
    private static final int MOST = 256;

    private ConfigRequests() {}

    /** New revocation lists of an organisation; none where this server's own knowledge is meant. */
    record NewLists(MspId mspId, List<ByteString> lists) {}

    static NewLists lists(byte[] body) {
        List<ByteString> msps = new ArrayList<>(1);
        List<ByteString> lists = new ArrayList<>();
        StrictJson.object(body, (name, json) -> switch (name) {
            case "mspId" -> msps.add(json.content(name));
            case "lists" -> {
                lists.addAll(json.contents(name, few(name)));
                yield true;
            }
            default -> false;
        });
        String mspId = first(msps, "mspId").toStringUtf8();
        try {
            return new NewLists(new MspId(mspId), lists);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.INVALID_BODY, "mspId is no MSP's id")
                    .with("member", "mspId")
                    .withValue(mspId)
                    .exception();
        }
    }

    /** An update and whoever is to sign it at home. */
    record ToSign(ByteString update, ByteString signer) {}

    static ToSign toSign(byte[] body) {
        List<ByteString> updates = new ArrayList<>(1);
        List<ByteString> signers = new ArrayList<>(1);
        StrictJson.object(body, (name, json) -> switch (name) {
            case "update" -> updates.add(json.base64(name));
            case "signer" -> signers.add(json.base64(name));
            default -> false;
        });
        return new ToSign(first(updates, "update"), first(signers, "signer"));
    }

    /** An update and the signatures gathered for it. */
    record Signed(ByteString update, List<ConfigSignature> signatures) {}

    static Signed signed(byte[] body) {
        List<ByteString> updates = new ArrayList<>(1);
        List<ConfigSignature> signatures = new ArrayList<>();
        StrictJson.object(body, (name, json) -> switch (name) {
            case "update" -> updates.add(json.base64(name));
            case "signatures" -> {
                json.contents(name, few(name)).forEach(bytes -> signatures.add(signature(bytes)));
                yield true;
            }
            default -> false;
        });
        return new Signed(first(updates, "update"), signatures);
    }

    /** A channel and two configurations of it. */
    record TwoConfigs(ChannelId channel, Config original, ConfigGroup updated) {}

    static TwoConfigs twoConfigs(byte[] body) {
        List<ByteString> channels = new ArrayList<>(1);
        List<ByteString> originals = new ArrayList<>(1);
        List<ByteString> updates = new ArrayList<>(1);
        StrictJson.object(body, (name, json) -> switch (name) {
            case "channel" -> channels.add(json.content(name));
            case "original" -> originals.add(json.base64(name));
            case "updated" -> updates.add(json.base64(name));
            default -> false;
        });
        return new TwoConfigs(
                Names.channel(first(channels, "channel").toStringUtf8()),
                config(first(originals, "original")),
                tree(first(updates, "updated")));
    }

    /** The tree of a {@code common.Config}. */
    static ConfigGroup tree(ByteString config) {
        return config(config).getChannelGroup();
    }

    private static Config config(ByteString config) {
        try {
            return Config.parseFrom(config);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("no common.Config: " + e.getMessage());
        }
    }

    /** A {@code common.ConfigUpdate} of that channel. */
    static ConfigUpdate update(ChannelId channel, ByteString bytes) {
        try {
            ConfigUpdate update = ConfigUpdate.parseFrom(bytes);
            if (!update.getChannelId().equals(channel.value())) {
                throw Problem.of(ProblemCode.CHANNEL_MISMATCH, "the update is for another channel than the address")
                        .withValue(update.getChannelId())
                        .exception();
            }
            return update;
        } catch (InvalidProtocolBufferException e) {
            throw malformed("no common.ConfigUpdate: " + e.getMessage());
        }
    }

    private static ConfigSignature signature(ByteString bytes) {
        try {
            return ConfigSignature.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("no common.ConfigSignature: " + e.getMessage());
        }
    }

    private static Consumer<Integer> few(String member) {
        return count -> {
            if (count > MOST) {
                throw Problem.of(ProblemCode.INVALID_BODY, member + " holds more than " + MOST + " entries")
                        .with("member", member)
                        .exception();
            }
        };
    }

    private static ByteString first(List<ByteString> found, String member) {
        @Nullable ByteString value = found.isEmpty() ? null : found.get(0);
        if (value == null) {
            throw StrictJson.missing(member);
        }
        return value;
    }

    private static RuntimeException malformed(String detail) {
        return Problem.of(ProblemCode.MALFORMED_MESSAGE, detail).exception();
    }
}
