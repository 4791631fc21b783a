package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * What {@code metadata.json} of a package says.
 *
 * @param type which builder or runtime it is for: {@code java}, {@code ccaas}, {@code golang}, …
 * @param path where its source was; of no meaning here
 * @param label the name that people gave it
 */
public record PackageMetadata(String type, String path, String label) {
    /** A contract in Java, to run inside the server. */
    public static final String JAVA = "java";

    /** The address of a contract that runs as a service. */
    public static final String SERVICE = "ccaas";

    static PackageMetadata parse(byte[] json) throws ChaincodePackageException {
        Map<String, String> members = FlatJson.parse(json);
        return new PackageMetadata(
                members.getOrDefault("type", ""), members.getOrDefault("path", ""), members.getOrDefault("label", ""));
    }

    // The three values are checked before: none holds a character that JSON would escape.
    byte[] json() {
        return ("{\"type\":\"" + type + "\",\"path\":\"" + path + "\",\"label\":\"" + label + "\"}").getBytes(UTF_8);
    }
}
