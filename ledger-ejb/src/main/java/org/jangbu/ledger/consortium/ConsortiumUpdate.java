package org.jangbu.ledger.consortium;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.ConfigUpdates;
import org.jangbu.model.MspId;
import org.jangbu.model.Quoted;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.FabricMsp;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.msp.policy.Signers;

/**
 * One more member for a consortium. Fabric's orderers kept consortiums in a system channel, below {@code /Channel/Consortiums}, and changed
 * them by a CONFIG_UPDATE; the message is the same here, so that the tools that sign one sign the other. Its channel id is the consortium's
 * name, the consortium's group goes from version n to n+1, n being the number of members that it names.
 */
public final class ConsortiumUpdate {
    private static final String CONSORTIUMS = "Consortiums";
    private static final String MSP = "MSP";
    private static final String ADMINS = "Admins";
    private static final int MOST_SIGNATURES = 256;

    private ConsortiumUpdate() {}

    /** A consortium to come, and who is new in it. */
    public record Admitted(Consortium consortium, MspId id, MSPConfig member) {}

    /**
     * The update that takes in an organisation, for the members to sign.
     *
     * @param newcomer its MSP, as channels shall know it
     * @throws ConsortiumException if it cannot be a member, or is one
     */
    public static ConfigUpdate admitting(Consortium consortium, MSPConfig newcomer) throws ConsortiumException {
        return of(consortium, idOf(newcomer), newcomer.toByteString());
    }

    /**
     * Judges an update that members are said to have signed.
     *
     * @param door lets no signature count that was made with an expired or revoked certificate
     * @throws ConsortiumException saying why the consortium stays as it is
     */
    public static Admitted accept(Consortium current, Envelope envelope, DoorCheck door) throws ConsortiumException {
        try {
            ConfigUpdateEnvelope content = ConfigUpdates.content(envelope);
            if (content.getSignaturesCount() > MOST_SIGNATURES) {
                throw new ConsortiumException("the update has more than " + MOST_SIGNATURES + " signatures");
            }
            ConfigUpdate update = ConfigUpdate.parseFrom(content.getConfigUpdate());
            ByteString written = newcomer(current, update);
            MSPConfig newcomer = MSPConfig.parseFrom(written);
            MspId id = idOf(newcomer);
            requireSame(current, update, of(current, id, written));
            Consortium next = current.with(newcomer);
            requireAdmission(current, ConfigUpdates.signatures(content), door);
            return new Admitted(next, id, newcomer);
        } catch (ConfigUpdateException e) {
            throw new ConsortiumException(String.valueOf(e.getMessage()), e);
        } catch (InvalidProtocolBufferException e) {
            throw new ConsortiumException("the update is not readable: " + e.getMessage(), e);
        }
    }

    private static ConfigUpdate of(Consortium consortium, MspId id, ByteString newcomer) throws ConsortiumException {
        if (consortium.memberIds().contains(id)) {
            throw new ConsortiumException(id + " is a member of consortium '" + consortium.name() + "' already");
        }
        long version = consortium.memberIds().size();
        ConfigGroup.Builder members = ConfigGroup.newBuilder().setVersion(version);
        consortium.memberIds().forEach(member -> members.putGroups(member.value(), ConfigGroup.getDefaultInstance()));
        ConfigGroup.Builder more = members.build().toBuilder()
                .setVersion(version + 1)
                .putGroups(
                        id.value(),
                        ConfigGroup.newBuilder()
                                .setModPolicy(ADMINS)
                                .putValues(
                                        MSP,
                                        ConfigValue.newBuilder()
                                                .setModPolicy(ADMINS)
                                                .setValue(newcomer)
                                                .build())
                                .build());
        return ConfigUpdate.newBuilder()
                .setChannelId(consortium.name())
                .setReadSet(tree(consortium, members))
                .setWriteSet(tree(consortium, more))
                .build();
    }

    private static ConfigGroup.Builder tree(Consortium consortium, ConfigGroup.Builder members) {
        ConfigGroup named = ConfigGroup.newBuilder()
                .putGroups(consortium.name(), members.build())
                .build();
        return ConfigGroup.newBuilder().putGroups(CONSORTIUMS, named);
    }

    /** The MSP of the one organisation that the update writes and that is no member. */
    private static ByteString newcomer(Consortium current, ConfigUpdate update) throws ConsortiumException {
        ConfigGroup written = group(group(update.getWriteSet(), CONSORTIUMS), current.name());
        Set<String> names = new TreeSet<>(written.getGroupsMap().keySet());
        current.memberIds().forEach(member -> names.remove(member.value()));
        if (names.size() != 1) {
            throw new ConsortiumException("an update takes in one organisation; this one names " + names.size()
                    + " that are no members of consortium '" + current.name() + "'");
        }
        return written.getGroupsOrThrow(names.iterator().next())
                .getValuesOrDefault(MSP, ConfigValue.getDefaultInstance())
                .getValue();
    }

    private static ConfigGroup group(ConfigGroup parent, String name) {
        return parent.getGroupsOrDefault(name, ConfigGroup.getDefaultInstance());
    }

    private static MspId idOf(MSPConfig newcomer) throws ConsortiumException {
        try {
            return FabricMsp.of(newcomer).id();
        } catch (MspConfigurationException e) {
            throw new ConsortiumException("the MSP of the new member cannot be used: " + e.getMessage(), e);
        }
    }

    private static void requireSame(Consortium current, ConfigUpdate update, ConfigUpdate expected)
            throws ConsortiumException {
        if (!update.getChannelId().equals(current.name())) {
            throw new ConsortiumException("the update is for '" + Quoted.brief(update.getChannelId())
                    + "'; this orderer's consortium is '" + current.name() + "'");
        }
        if (!update.getReadSet().equals(expected.getReadSet())) {
            throw new ConsortiumException("the update was not made of the consortium as it is now, version "
                    + current.memberIds().size() + " with members " + current.memberIds());
        }
        if (!update.equals(expected)) {
            throw new ConsortiumException("the update does more than take in one organisation, or does it otherwise");
        }
    }

    private static void requireAdmission(Consortium current, List<SignedData> signatures, DoorCheck door)
            throws ConsortiumException {
        List<Identity> signers = new ArrayList<>();
        for (Identity signer : Signers.of(signatures, current.membership())) {
            try {
                door.check(current.membership(), signer);
                signers.add(signer);
            } catch (IdentityException e) {
                // Counts for nothing, as a stranger's does; how many count is told below.
            }
        }
        Policy admission = current.admission();
        if (!admission.isSatisfiedBy(signers)) {
            throw new ConsortiumException("the signatures do not satisfy the consortium's admission policy, "
                    + current.rules().admission() + ": "
                    + admission.missing(signers).map(text -> "missing " + text).orElse("not satisfied") + " ("
                    + signers.size() + " of " + signatures.size() + " signatures count)");
        }
    }
}
