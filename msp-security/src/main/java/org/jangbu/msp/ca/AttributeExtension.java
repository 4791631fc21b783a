package org.jangbu.msp.ca;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** Fabric's extension that carries attributes of a certificate's holder: the bytes of {@code {"attrs":{"name":"value"}}}, names in order. */
final class AttributeExtension {
    static final ASN1ObjectIdentifier OID = new ASN1ObjectIdentifier("1.2.3.4.5.6.7.8.1").intern();

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

    /** A JSON string; control characters cannot occur in attributes. */
    private static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
