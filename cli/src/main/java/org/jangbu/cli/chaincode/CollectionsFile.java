package org.jangbu.cli.chaincode;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/** Fabric's {@code collections_config.json}. What it says is judged by the peers; its form here. */
final class CollectionsFile {
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "policy",
            "requiredPeerCount",
            "maxPeerCount",
            "blockToLive",
            "memberOnlyRead",
            "memberOnlyWrite",
            "endorsementPolicy");

    private CollectionsFile() {}

    static CollectionConfigPackage read(Path file) {
        try {
            JsonValue json = JsonReader.read(InputFile.read(file).toByteArray(), JsonLimits.USUAL);
            if (!(json instanceof JsonArray array)) {
                throw refused("", "must be an array");
            }
            CollectionConfigPackage.Builder all = CollectionConfigPackage.newBuilder();
            for (int i = 0; i < array.elements().size(); i++) {
                all.addConfig(CollectionConfig.newBuilder()
                        .setStaticCollectionConfig(
                                collection("[" + i + "]", array.elements().get(i))));
            }
            return all.build();
        } catch (JsonSyntaxException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + " is " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + " " + e.getMessage(), e);
        }
    }

    private static StaticCollectionConfig collection(String place, JsonValue json) {
        JsonObject object = object(place, json, MEMBERS);
        StaticCollectionConfig.Builder collection = StaticCollectionConfig.newBuilder()
                .setName(text(object, place, "name").orElseThrow(() -> refused(place + ".name", "is missing")))
                .setMemberOrgsPolicy(CollectionPolicyConfig.newBuilder()
                        .setSignaturePolicy(DefinitionOptions.policy(text(object, place, "policy")
                                .orElseThrow(() -> refused(place + ".policy", "is missing")))))
                .setRequiredPeerCount((int) number(object, place, "requiredPeerCount", Integer.MAX_VALUE))
                .setMaximumPeerCount((int) number(object, place, "maxPeerCount", Integer.MAX_VALUE))
                .setBlockToLive(number(object, place, "blockToLive", Long.MAX_VALUE))
                .setMemberOnlyRead(truth(object, place, "memberOnlyRead"))
                .setMemberOnlyWrite(truth(object, place, "memberOnlyWrite"));
        object.member("endorsementPolicy")
                .ifPresent(
                        policy -> collection.setEndorsementPolicy(endorsement(place + ".endorsementPolicy", policy)));
        return collection.build();
    }

    private static ApplicationPolicy endorsement(String place, JsonValue json) {
        JsonObject object = object(place, json, Set.of("signaturePolicy", "channelConfigPolicy"));
        Optional<String> signature = text(object, place, "signaturePolicy");
        Optional<String> channel = text(object, place, "channelConfigPolicy");
        if (signature.isPresent() == channel.isPresent()) {
            throw refused(place, "must hold signaturePolicy or channelConfigPolicy");
        }
        return signature
                .map(text -> ApplicationPolicy.newBuilder()
                        .setSignaturePolicy(DefinitionOptions.policy(text))
                        .build())
                .orElseGet(() -> ApplicationPolicy.newBuilder()
                        .setChannelConfigPolicyReference(channel.orElse(""))
                        .build());
    }

    private static JsonObject object(String place, JsonValue json, Set<String> known) {
        if (!(json instanceof JsonObject object)) {
            throw refused(place, "must be an object");
        }
        object.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused(place + "." + name, "is not known");
                });
        return object;
    }

    private static Optional<String> text(JsonObject object, String place, String name) {
        return object.member(name).map(value -> {
            if (value instanceof JsonText text) {
                return text.text();
            }
            throw refused(place + "." + name, "must be a text");
        });
    }

    private static long number(JsonObject object, String place, String name, long most) {
        Optional<JsonValue> value = object.member(name);
        if (value.isEmpty()) {
            return 0;
        }
        try {
            if (value.get() instanceof JsonNumber number) {
                long found = Long.parseLong(number.spelling());
                if (found >= 0 && found <= most) {
                    return found;
                }
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(place + "." + name + " must be a whole number", e);
        }
        throw refused(place + "." + name, "must be a whole number, not negative");
    }

    private static boolean truth(JsonObject object, String place, String name) {
        return object.member(name)
                .map(value -> {
                    if (value instanceof JsonTruth truth) {
                        return truth.truth();
                    }
                    throw refused(place + "." + name, "must be true or false");
                })
                .orElse(false);
    }

    private static IllegalArgumentException refused(String place, String rule) {
        return new IllegalArgumentException(place + " " + rule);
    }
}
