package org.jangbu.cli.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.server.Connection;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.model.ChannelId;
import org.jangbu.model.Quoted;
import org.jangbu.msp.identity.KeySigningIdentity;

/**
 * An update of a channel's configuration, or of a consortium, and the signatures under it, as they go from one organisation to the next in a file: Fabric's CONFIG_UPDATE
 * envelope, or the bare {@code common.ConfigUpdate} before anybody has signed.
 *
 * @param target the channel's name, or the consortium's
 */
record UpdateFile(String target, ByteString update, List<ConfigSignature> signatures) {
    UpdateFile {
        signatures = List.copyOf(signatures);
    }

    static UpdateFile read(Path file) {
        ByteString bytes = InputFile.read(file);
        try {
            return enveloped(bytes);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return bare(file, bytes);
        }
    }

    private static UpdateFile enveloped(ByteString bytes) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(Envelope.parseFrom(bytes).getPayload());
        ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
        if (header.getType() != HeaderType.CONFIG_UPDATE_VALUE) {
            throw new IllegalArgumentException("an envelope of another type");
        }
        ConfigUpdateEnvelope content = ConfigUpdateEnvelope.parseFrom(payload.getData());
        return of(content.getConfigUpdate(), content.getSignaturesList());
    }

    private static UpdateFile bare(Path file, ByteString bytes) {
        try {
            return of(bytes, List.of());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, file + " holds neither a CONFIG_UPDATE envelope nor a common.ConfigUpdate", e);
        }
    }

    private static UpdateFile of(ByteString update, List<ConfigSignature> signatures)
            throws InvalidProtocolBufferException {
        ConfigUpdate parsed = ConfigUpdate.parseFrom(update);
        if (!parsed.hasWriteSet()) {
            throw new IllegalArgumentException("an update that writes nothing");
        }
        return new UpdateFile(parsed.getChannelId(), update, signatures);
    }

    /** The channel whose configuration it changes. */
    ChannelId channel() {
        try {
            return new ChannelId(target);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, "the update is for " + Quoted.brief(target) + ", which is no channel", e);
        }
    }

    /** With the caller's signature under it: by his own key, or by the one that the server keeps for him. */
    UpdateFile signed(Connection connection) {
        List<ConfigSignature> more = new ArrayList<>(signatures);
        more.add(connection
                .ownKey()
                .map(key -> connection.updates().sign(key, update))
                .orElseGet(() -> signedByServer(connection)));
        return new UpdateFile(target, update, more);
    }

    private ConfigSignature signedByServer(Connection connection) {
        ByteString signature = RestAnswer.base64(
                connection
                        .rest()
                        .post("channels/" + channel() + "/config/updates/sign", update.toByteArray())
                        .object(),
                "signature");
        try {
            return ConfigSignature.parseFrom(signature);
        } catch (InvalidProtocolBufferException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the server's answer holds no signature", e);
        }
    }

    /** The envelope that goes on to others; nobody sends it yet, so nobody signs it. */
    Envelope unsent() {
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder()
                                .setChannelHeader(ChannelHeader.newBuilder()
                                        .setType(HeaderType.CONFIG_UPDATE_VALUE)
                                        .setChannelId(target)
                                        .build()
                                        .toByteString()))
                        .setData(ConfigUpdateEnvelope.newBuilder()
                                .setConfigUpdate(update)
                                .addAllSignatures(signatures)
                                .build()
                                .toByteString())
                        .build()
                        .toByteString())
                .build();
    }

    /** The envelope that this sender hands in. */
    Envelope sentBy(KeySigningIdentity sender, Connection connection) {
        return connection.updates().envelope(sender, channel(), update, signatures);
    }
}
