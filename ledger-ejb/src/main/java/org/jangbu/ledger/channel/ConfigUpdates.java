package org.jangbu.ledger.channel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import org.jangbu.msp.policy.Signers;

/**
 * Fabric's rules for changing a channel's configuration. What is read must be current; what is changed must be one version ahead, and
 * the policy that guards the element now must be satisfied by the signatures; what is new starts at version 0, authorised by the new
 * version of the group that takes it in.
 */
public final class ConfigUpdates {
    /** Most elements in the read set and in the write set of an update that is handed in. */
    static final int MOST_ELEMENTS = 10_000;

    /** Most signatures under an update that is handed in. */
    static final int MOST_SIGNATURES = 256;

    private final ChannelConfig current;
    private final ConfigElements elements;

    private ConfigUpdates(ChannelConfig current) throws ConfigUpdateException {
        this.current = current;
        this.elements = flatten(current, current.config().getChannelGroup());
    }

    /** The content of a CONFIG transaction to be, and the configuration that it brings into force. */
    public record Proposed(ConfigEnvelope content, ChannelConfig next) {}

    /**
     * Judges an update that somebody hands in, as strictly as this version can: beside Fabric's rules it has bounds, does change something,
     * and leaves the channel usable.
     *
     * @throws ConfigUpdateException if not; the message says which elements, versions, policies and signatures are in the way
     */
    public static Proposed propose(ChannelConfig current, Envelope update) throws ConfigUpdateException {
        ConfigUpdateEnvelope content = content(update);
        if (content.getSignaturesCount() > MOST_SIGNATURES) {
            throw new ConfigUpdateException("the update has more than " + MOST_SIGNATURES + " signatures");
        }
        try {
            ConfigUpdate sets = ConfigUpdate.parseFrom(content.getConfigUpdate());
            if (flatten(current, sets.getReadSet()).elements().size() > MOST_ELEMENTS
                    || flatten(current, sets.getWriteSet()).elements().size() > MOST_ELEMENTS) {
                throw new ConfigUpdateException("the update names more than " + MOST_ELEMENTS + " elements");
            }
            Config result = new ConfigUpdates(current).result(content);
            ChannelConfig next = ChannelConfigReader.read(current.channel(), result);
            ConfigSuccession.check(current, next);
            ConfigSuccession.checkUsable(current, next);
            return new Proposed(
                    ConfigEnvelope.newBuilder()
                            .setConfig(result)
                            .setLastUpdate(update)
                            .build(),
                    next);
        } catch (ChannelConfigException | InvalidProtocolBufferException e) {
            throw new ConfigUpdateException("the update is refused: " + e.getMessage(), e);
        }
    }

    /**
     * Judges the content of a CONFIG transaction as every node does: {@link #check}, and the result can be used and may follow.
     *
     * @return the configuration that it brings into force
     * @throws ConfigUpdateException if it is refused
     * @throws UnsupportedCapabilityException if it is authorised, and this version is too old for it
     */
    public static ChannelConfig accept(ChannelConfig current, ConfigEnvelope proposed)
            throws ConfigUpdateException, UnsupportedCapabilityException {
        check(current, proposed);
        try {
            ChannelConfig next = ChannelConfigReader.read(current.channel(), proposed.getConfig());
            ConfigSuccession.check(current, next);
            return next;
        } catch (UnsupportedCapabilityException e) {
            throw e;
        } catch (ChannelConfigException e) {
            throw new ConfigUpdateException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Whose signatures an update needs, as far as the present configuration says.
     *
     * @param element what it changes, for example {@code VALUE /Channel/Application/Org1MSP/MSP}
     * @param policy path of the policy that guards it
     * @param needs who must sign, in words
     */
    public record Guard(String element, String policy, String needs) {}

    /**
     * The policies that an update must satisfy, one for each element that it changes.
     *
     * @throws ConfigUpdateException if it does not go with the current configuration, or changes nothing
     */
    public static List<Guard> guards(ChannelConfig current, ConfigUpdate update) throws ConfigUpdateException {
        ConfigUpdates updates = new ConfigUpdates(current);
        ConfigElements read = flatten(current, update.getReadSet());
        updates.requireCurrent(read);
        List<Guard> guards = new ArrayList<>();
        for (Place place : delta(read, flatten(current, update.getWriteSet())).keySet()) {
            Element existing = updates.elements.elements().get(place);
            if (existing != null) {
                String path = ConfigAuthority.guardOf(place, existing);
                Policy policy = current.policy(path).orElse(Policy.UNSATISFIABLE);
                guards.add(new Guard(
                        place.toString(), path, policy.missing(List.of()).orElse("")));
            }
        }
        return guards;
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
        return new ConfigUpdates(current).result(content(update));
    }

    /**
     * What an envelope of type CONFIG_UPDATE carries.
     *
     * @throws ConfigUpdateException if it is of another type, or not readable
     */
    public static ConfigUpdateEnvelope content(Envelope update) throws ConfigUpdateException {
        try {
            ParsedEnvelope envelope = ParsedEnvelope.parse(update.toByteString());
            if (envelope.channelHeader().getType() != HeaderType.CONFIG_UPDATE_VALUE) {
                throw new ConfigUpdateException("the envelope is not a configuration update");
            }
            return ConfigUpdateEnvelope.parseFrom(envelope.payload().getData());
        } catch (MalformedEnvelopeException | InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
    }

    private static ConfigUpdateException unreadable(Exception e) {
        return new ConfigUpdateException("the configuration update is not readable: " + e.getMessage(), e);
    }

    private Config result(ConfigUpdateEnvelope envelope) throws ConfigUpdateException {
        try {
            return result(ConfigUpdate.parseFrom(envelope.getConfigUpdate()), signatures(envelope));
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
    }

    private Config result(ConfigUpdate update, List<SignedData> signatures) throws ConfigUpdateException {
        if (!update.getChannelId().equals(current.channel().value())) {
            throw new ConfigUpdateException("the update is for channel " + ConfigPath.shown(update.getChannelId()));
        }
        ConfigElements read = update.hasReadSet() ? flatten(current, update.getReadSet()) : ConfigElements.NONE;
        ConfigElements written = update.hasWriteSet() ? flatten(current, update.getWriteSet()) : ConfigElements.NONE;
        requireCurrent(read);
        Map<Place, Element> delta = delta(read, written);
        new ConfigAuthority(current, elements, Signers.of(signatures, current.membership()), signatures.size())
                .require(delta);
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
        Map<Place, Element> delta = new LinkedHashMap<>();
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

    /** The signatures under an update, each with the bytes that it is over; whether they are good remains to be seen. */
    public static List<SignedData> signatures(ConfigUpdateEnvelope envelope) throws InvalidProtocolBufferException {
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
