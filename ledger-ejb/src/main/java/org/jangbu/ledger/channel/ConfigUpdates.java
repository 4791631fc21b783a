package org.jangbu.ledger.channel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.ledger.channel.ConfigElements.Element;
import org.jangbu.ledger.channel.ConfigElements.Place;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignedData;

/**
 * Fabric's rules for changing a channel's configuration. What is read must be current; what is changed must be one version ahead, and
 * the policy that guards the element now must be satisfied by the signatures; what is new starts at version 0, authorised by the new
 * version of the group that takes it in.
 */
public final class ConfigUpdates {
    private final ChannelConfig current;
    private final ConfigElements elements;

    private ConfigUpdates(ChannelConfig current) throws ConfigUpdateException {
        this.current = current;
        this.elements = flatten(current, current.config().getChannelGroup());
    }

    /**
     * Judges the content of a CONFIG transaction: the update it stands on is authorised under the current configuration and has exactly the
     * result it carries.
     *
     * @throws ConfigUpdateException if not
     */
    public static void check(ChannelConfig current, ConfigEnvelope proposed) throws ConfigUpdateException {
        long next = current.sequence() + 1;
        if (proposed.getConfig().getSequence() != next) {
            throw new ConfigUpdateException("the configuration after this one has sequence " + next + ", not "
                    + proposed.getConfig().getSequence());
        }
        Config result = apply(current, proposed.getLastUpdate());
        if (!result.getChannelGroup().equals(proposed.getConfig().getChannelGroup())) {
            throw new ConfigUpdateException("the update does not give the configuration that comes with it");
        }
    }

    /**
     * The configuration that an envelope of type CONFIG_UPDATE makes of the current one.
     *
     * @throws ConfigUpdateException if the update is not authorised or breaks a rule
     */
    public static Config apply(ChannelConfig current, Envelope update) throws ConfigUpdateException {
        try {
            ParsedEnvelope envelope = ParsedEnvelope.parse(update.toByteString());
            if (envelope.channelHeader().getType() != HeaderType.CONFIG_UPDATE_VALUE) {
                throw new ConfigUpdateException("the envelope is not a configuration update");
            }
            return new ConfigUpdates(current)
                    .result(ConfigUpdateEnvelope.parseFrom(envelope.payload().getData()));
        } catch (MalformedEnvelopeException | InvalidProtocolBufferException e) {
            throw new ConfigUpdateException("the configuration update is not readable: " + e.getMessage(), e);
        }
    }

    private Config result(ConfigUpdateEnvelope envelope) throws ConfigUpdateException, InvalidProtocolBufferException {
        ConfigUpdate update = ConfigUpdate.parseFrom(envelope.getConfigUpdate());
        if (!update.getChannelId().equals(current.channel().value())) {
            throw new ConfigUpdateException("the update is for channel " + ConfigPath.shown(update.getChannelId()));
        }
        ConfigElements read = update.hasReadSet() ? flatten(current, update.getReadSet()) : ConfigElements.NONE;
        ConfigElements written = update.hasWriteSet() ? flatten(current, update.getWriteSet()) : ConfigElements.NONE;
        requireCurrent(read);
        Map<Place, Element> delta = delta(read, written);
        requireAuthorised(delta, signatures(envelope));
        Map<Place, Element> merged = new HashMap<>(elements.elements());
        merged.putAll(delta);
        for (Place key : written.elements().keySet()) {
            if (!merged.containsKey(key)) {
                throw new ConfigUpdateException(key + " is written and does not come about");
            }
        }
        return Config.newBuilder()
                .setSequence(current.sequence() + 1)
                .setChannelGroup(new ConfigAssembly(merged).root())
                .build();
    }

    private void requireCurrent(ConfigElements read) throws ConfigUpdateException {
        for (Map.Entry<Place, Element> entry : read.elements().entrySet()) {
            Element existing = elements.elements().get(entry.getKey());
            if (existing == null || existing.version() != entry.getValue().version()) {
                throw new ConfigUpdateException(entry.getKey() + " was read at version "
                        + entry.getValue().version() + ", and is "
                        + (existing == null ? "not there" : "at " + existing.version()));
            }
        }
    }

    private static Map<Place, Element> delta(ConfigElements read, ConfigElements written) throws ConfigUpdateException {
        Map<Place, Element> delta = new HashMap<>();
        written.elements().forEach((key, element) -> {
            Element before = read.elements().get(key);
            if (before == null || before.version() != element.version()) {
                delta.put(key, element);
            }
        });
        if (delta.isEmpty()) {
            throw new ConfigUpdateException("the update changes nothing");
        }
        return delta;
    }

    private void requireAuthorised(Map<Place, Element> delta, List<SignedData> signatures)
            throws ConfigUpdateException {
        for (Map.Entry<Place, Element> entry : delta.entrySet()) {
            Place key = entry.getKey();
            Element changed = entry.getValue();
            if (!ConfigPath.isPolicyPath(changed.modPolicy())) {
                throw new ConfigUpdateException("the mod_policy of " + key + " is not a policy's name");
            }
            Element existing = elements.elements().get(key);
            long expected = existing == null ? 0 : existing.version() + 1;
            if (changed.version() != expected) {
                throw new ConfigUpdateException(
                        key + " would go to version " + changed.version() + ", the next one is " + expected);
            }
            if (existing != null && !guard(key, existing).isSatisfiedBySignatures(signatures)) {
                throw new ConfigUpdateException("the signatures do not satisfy the policy that guards " + key);
            }
        }
    }

    /** A relative mod_policy names a policy of the element's own group; of a group, one of itself. */
    private Policy guard(Place key, Element existing) {
        String path =
                existing.modPolicy().startsWith("/") ? existing.modPolicy() : key.group() + "/" + existing.modPolicy();
        return current.policy(path).orElse(Policy.UNSATISFIABLE);
    }

    private static List<SignedData> signatures(ConfigUpdateEnvelope envelope) throws InvalidProtocolBufferException {
        List<SignedData> signatures = new ArrayList<>();
        for (ConfigSignature signature : envelope.getSignaturesList()) {
            signatures.add(new SignedData(
                    List.of(signature.getSignatureHeader(), envelope.getConfigUpdate()),
                    SignatureHeader.parseFrom(signature.getSignatureHeader()).getCreator(),
                    signature.getSignature()));
        }
        return signatures;
    }

    private static ConfigElements flatten(ChannelConfig config, ConfigGroup root) throws ConfigUpdateException {
        try {
            return ConfigElements.of(ConfigTree.of(config.channel(), root));
        } catch (ChannelConfigException e) {
            throw new ConfigUpdateException(String.valueOf(e.getMessage()), e);
        }
    }
}
