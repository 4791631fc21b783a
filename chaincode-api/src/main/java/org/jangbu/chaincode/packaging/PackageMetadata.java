package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;

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

    private static final Set<String> MEMBERS = Set.of("type", "path", "label");

    static PackageMetadata parse(byte[] json) throws ChaincodePackageException {
        Map<String, String> members = FlatJson.parse(json);
        for (String member : members.keySet()) {
            if (!MEMBERS.contains(member)) {
                throw new ChaincodePackageException(
                        "metadata.json has a member that is not known: " + EntryNames.quoted(member));
            }
        }
        String label = required(members, "label");
        if (!PackageId.isLabel(label)) {
            throw new ChaincodePackageException("metadata.json has no valid label: " + EntryNames.quoted(label)
                    + "; it is 1 to 128 letters, digits and any of _.+- after the first");
        }
        return new PackageMetadata(required(members, "type"), members.getOrDefault("path", ""), label);
    }

    private static String required(Map<String, String> members, String member) throws ChaincodePackageException {
        String value = members.getOrDefault(member, "");
        if (value.isEmpty()) {
            throw new ChaincodePackageException("metadata.json lacks its member " + member);
        }
        return value;
    }

    // The three values are checked before: none holds a character that JSON would escape.
    byte[] json() {
        return ("{\"type\":\"" + type + "\",\"path\":\"" + path + "\",\"label\":\"" + label + "\"}").getBytes(UTF_8);
    }
}
