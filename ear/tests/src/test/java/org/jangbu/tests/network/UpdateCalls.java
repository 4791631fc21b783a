package org.jangbu.tests.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.List;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.tests.server.TrialServer;

/** The way of a configuration update through REST, as one administrator goes it. Updates and signatures are Base64, as REST gives them. */
public final class UpdateCalls {
    private final Rest rest;
    private final String address;

    public UpdateCalls(Rest rest) {
        this(rest, TrialServer.CHANNEL);
    }

    /** On any channel. */
    public UpdateCalls(Rest rest, ChannelId channel) {
        this.rest = rest;
        this.address = Rest.channel(channel) + "/config";
    }

    /** The configuration in force. */
    public Config current() throws Exception {
        return Config.parseFrom(
                Base64.getDecoder().decode(rest.get(address).json().getString("config")));
    }

    /** What leads from the present configuration to the wanted one. */
    public String compute(Config wanted) throws Exception {
        Rest.Answer computed =
                rest.post(address + "/updates/compute", "application/octet-stream", wanted.toByteArray());
        assertThat(computed.status()).as(computed.body()).isEqualTo(200);
        return computed.json().getString("update");
    }

    /** Signed with the administrator's managed key. */
    public String signedByServer(String update) throws Exception {
        Rest.Answer signed = rest.post(
                address + "/updates/sign",
                "application/octet-stream",
                Base64.getDecoder().decode(update));
        assertThat(signed.status()).as(signed.body()).isEqualTo(200);
        return signed.json().getString("signature");
    }

    /**
     * Only the bytes to sign come from the server; the key stays in the administrator's folder.
     *
     * @param domain folder of the administrator's organisation, below {@code organizations}
     */
    public String signedAtHome(String update, String domain, String mspId) throws Exception {
        String name = domain.substring(domain.indexOf('/') + 1);
        SigningIdentity signer = OwnKeys.identity(
                TrialServer.installation().network().organizations().resolve(domain + "/users/Admin@" + name + "/msp"),
                mspId);
        JsonObject toSign = rest.post(
                        address + "/updates/bytes-to-sign",
                        Json.createObjectBuilder()
                                .add("update", update)
                                .add(
                                        "signer",
                                        Base64.getEncoder()
                                                .encodeToString(
                                                        signer.serialized().toByteArray()))
                                .build())
                .json();
        ByteString bytes = ByteString.copyFrom(Base64.getDecoder().decode(toSign.getString("bytes")));
        byte[] header = Base64.getDecoder().decode(toSign.getString("signatureHeader"));
        return Base64.getEncoder()
                .encodeToString(ConfigSignature.newBuilder()
                        .setSignatureHeader(ByteString.copyFrom(header))
                        .setSignature(signer.sign(bytes))
                        .build()
                        .toByteArray());
    }

    /** By the administrator of the first organisation. */
    public String byOrg1(String update) throws Exception {
        return signedAtHome(update, "peerOrganizations/org1.example.com", "Org1MSP");
    }

    /** By the administrator of the second organisation. */
    public String byOrg2(String update) throws Exception {
        return signedAtHome(update, "peerOrganizations/org2.example.com", "Org2MSP");
    }

    /** By the administrator of the organisation that orders. */
    public String byOrderer(String update) throws Exception {
        return signedAtHome(update, "ordererOrganizations/example.com", "OrdererMSP");
    }

    /** Hands an update in. */
    public Rest.Answer submit(String update, List<String> signatures) throws Exception {
        JsonArrayBuilder list = Json.createArrayBuilder();
        signatures.forEach(signature -> list.add(Json.createObjectBuilder().add("base64", signature)));
        return rest.post(
                address + "/updates",
                Json.createObjectBuilder()
                        .add("update", update)
                        .add("signatures", list)
                        .build());
    }
}
