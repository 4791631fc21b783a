package org.jangbu.msp.cryptogen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jangbu.model.NodeName;
import org.jangbu.msp.cryptogen.OrganizationSpec.Kind;

/** The nodes of an organisation: each of {@code Specs}, then as many as {@code Template.Count} says. */
final class NodeSpecs {
    private static final int MAX_NODES = 1000;
    private static final int MAX_HOSTS = 100;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*\\.([A-Za-z]+)\\s*}}");

    private final Kind kind;
    private final String domain;
    private final Map<NodeName, NodeSpec> nodes = new LinkedHashMap<>();

    NodeSpecs(Kind kind, String domain) {
        this.kind = kind;
        this.domain = domain;
    }

    List<NodeSpec> read(YamlNode specs, YamlNode template) throws CryptoConfigException {
        for (YamlNode spec : specs.list(MAX_NODES)) {
            spec.allow(Set.of("Hostname", "CommonName", "SANS"));
            add(spec, spec.get("Hostname").text());
        }
        template.allow(Set.of("Count", "Start", "Hostname", "SANS"));
        int start = template.get("Start").number(MAX_NODES, 0);
        int count = template.get("Count").number(MAX_NODES, 0);
        for (int index = start; index < start + count; index++) {
            Map<String, String> words =
                    Map.of("Prefix", kind.name().toLowerCase(Locale.ROOT), "Index", String.valueOf(index));
            add(template, filled(template.get("Hostname"), "{{.Prefix}}{{.Index}}", words));
        }
        return List.copyOf(nodes.values());
    }

    private void add(YamlNode node, String hostname) throws CryptoConfigException {
        Map<String, String> words = Map.of("Hostname", hostname, "Domain", domain);
        // A template has no common name of its own.
        String commonName =
                node.has("CommonName") ? filled(node.get("CommonName"), "", words) : hostname + "." + domain;
        List<String> hosts = new ArrayList<>(List.of(hostname));
        for (YamlNode host : node.get("SANS").list(MAX_HOSTS)) {
            hosts.add(filled(host, "", Map.of("Hostname", hostname, "Domain", domain, "CommonName", commonName)));
        }
        try {
            NodeSpec spec = new NodeSpec(new NodeName(commonName), hosts);
            if (nodes.putIfAbsent(spec.name(), spec) != null) {
                throw node.wrong("there are two nodes " + commonName);
            }
        } catch (IllegalArgumentException e) {
            throw node.wrong(String.valueOf(e.getMessage()));
        }
    }

    /** The text with what stands in double braces filled in. */
    private static String filled(YamlNode node, String otherwise, Map<String, String> words)
            throws CryptoConfigException {
        Matcher matcher = PLACEHOLDER.matcher(node.text(otherwise));
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String word = words.get(matcher.group(1));
            if (word == null) {
                throw node.wrong("{{." + shown(matcher.group(1)) + "}} means nothing here; "
                        + words.keySet().stream().sorted().toList() + " do");
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(word));
        }
        matcher.appendTail(text);
        if (text.indexOf("{{") >= 0) {
            throw node.wrong("only {{.Name}} can stand in double braces");
        }
        return text.toString();
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), 100));
    }
}
