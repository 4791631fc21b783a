package org.jangbu.cli.ca;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jangbu.cli.run.Output;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a certificate shall say. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CertificateOptions {
    @Option(
            names = "--csr.hosts",
            paramLabel = "HOST",
            split = ",",
            description = "Names and addresses it is valid for")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--enrollment.profile", paramLabel = "NAME", description = "The authority's profile, such as tls")
    private @Nullable String profile;

    @Option(
            names = "--enrollment.attrs",
            paramLabel = "NAME",
            split = ",",
            description = "Attributes it shall carry; NAME:opt where one may be missing")
    private List<String> attributes = new ArrayList<>();

    void addTo(Map<String, JsonValue> members) {
        if (!hosts.isEmpty()) {
            members.put(
                    "hosts",
                    new JsonArray(hosts.stream()
                            .map(host -> (JsonValue) new JsonText(host))
                            .toList()));
        }
        if (profile != null) {
            members.put("profile", new JsonText(profile));
        }
        if (!attributes.isEmpty()) {
            members.put(
                    "attr_reqs",
                    new JsonArray(
                            attributes.stream().map(CertificateOptions::request).toList()));
        }
    }

    private static JsonValue request(String text) {
        boolean optional = text.endsWith(":opt");
        return new Output.Facts()
                .with("name", optional ? text.substring(0, text.length() - ":opt".length()) : text)
                .with("optional", optional)
                .json();
    }
}
