package org.jangbu.msp.ca;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Fabric's extension that carries attributes of a certificate's holder: the bytes of {@code {"attrs":{"name":"value"}}}, names in order. */
final class AttributeExtension {
    static final ASN1ObjectIdentifier OID = new ASN1ObjectIdentifier("1.2.3.4.5.6.7.8.1").intern();

    private static final int LONGEST = 256 * 1024;

    private AttributeExtension() {}

    /**
     * The extension's value; empty if nobody asks for any and none is meant for certificates.
     *
     * @param asked which ones; empty if the caller leaves the choice to the registry
     */
    static Optional<byte[]> of(Attributes known, Optional<List<AttributeRequest>> asked) throws CaException {
        Map<String, String> chosen = asked.isPresent() ? requested(known, asked.get()) : usual(known);
        if (asked.isEmpty() && chosen.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(json(chosen).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> usual(Attributes known) {
        Map<String, String> chosen = new TreeMap<>();
        known.all().stream()
                .filter(Attribute::inCertificate)
                .forEach(attribute -> chosen.put(attribute.name(), attribute.value()));
        return chosen;
    }

    private static Map<String, String> requested(Attributes known, List<AttributeRequest> asked) throws CaException {
        Map<String, String> chosen = new TreeMap<>();
        for (AttributeRequest request : asked) {
            Optional<String> value = known.value(request.name());
            if (value.isPresent()) {
                chosen.put(request.name(), value.get());
            } else if (!request.optional()) {
                throw CaException.of(
                        400,
                        CaError.ATTRIBUTE_EXTENSION,
                        "Failed to find requested attributes: the identity has no attribute '" + request.name() + "'");
            }
        }
        return chosen;
    }

    private static String json(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
                .collect(Collectors.joining(",", "{\"attrs\":{", "}}"));
    }

    /**
     * What the extension of a certificate says, names in order; nothing without the extension.
     *
     * @throws CertificateException if it is there and says it otherwise than Fabric does
     */
    static Map<String, String> read(X509Certificate certificate) throws CertificateException {
        byte[] wrapped = certificate.getExtensionValue(OID.getId());
        if (wrapped == null) {
            return Map.of();
        }
        try {
            byte[] json = ASN1OctetString.getInstance(wrapped).getOctets();
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(LONGEST);
            options.setMaxAliasesForCollections(0);
            options.setNestingDepthLimit(3);
            options.setAllowDuplicateKeys(false);
            // JSON is a part of YAML.
            Object root = new Yaml(new SafeConstructor(options)).load(new String(json, StandardCharsets.UTF_8));
            Map<String, String> said = new TreeMap<>();
            if (root instanceof Map<?, ?> names && names.get("attrs") instanceof Map<?, ?> attributes) {
                attributes.forEach((name, value) -> said.put((String) name, (String) value));
            }
            return said;
        } catch (YAMLException | ClassCastException | IllegalArgumentException e) {
            throw new CertificateException("its attributes are not readable", e);
        }
    }

    /** A JSON string; control characters cannot occur in attributes. */
    private static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
