package org.jangbu.web.ca;

import com.google.protobuf.ByteString;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.SignedCall;

/**
 * A request as the interface sees it, read completely and within bounds.
 *
 * @param endpoint the first word of the path, for example {@code identities}
 * @param name what comes behind it, decoded; empty for nothing
 * @param uri path and query exactly as sent
 * @param authorization the header of that name; empty if there is none
 */
record CaRequest(
        String method,
        String endpoint,
        String name,
        String uri,
        List<Parameter> parameters,
        String authorization,
        ByteString body,
        CaJson json) {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int LONGEST_URI = 4096;
    private static final String PREFIX = "/api/v1";
    private static final Set<String> TRUE = Set.of("1", "t", "true");
    private static final Set<String> FALSE = Set.of("0", "f", "false");

    private record Parameter(String name, String value) {}

    static CaRequest read(HttpServletRequest request) throws IOException, CaException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Optional<String> query = Optional.ofNullable(request.getQueryString());
        String uri = request.getRequestURI() + query.map(text -> "?" + text).orElse("");
        if (uri.length() > LONGEST_URI) {
            throw CaException.of(414, CaError.BAD_PARAMETER, "The address is longer than " + LONGEST_URI);
        }
        String local = path.startsWith(PREFIX + "/") ? path.substring(PREFIX.length()) : path;
        int slash = local.indexOf('/', 1);
        ByteString body = body(request);
        return new CaRequest(
                request.getMethod(),
                local.substring(1, slash < 0 ? local.length() : slash),
                slash < 0 ? "" : decode(local.substring(slash + 1), false),
                uri,
                parameters(query.orElse("")),
                Optional.ofNullable(request.getHeader("Authorization")).orElse(""),
                body,
                CaJson.parse(body));
    }

    private static ByteString body(HttpServletRequest request) throws IOException, CaException {
        if (request.getContentLengthLong() > MOST_BYTES) {
            throw tooLarge();
        }
        InputStream in = request.getInputStream();
        byte[] bytes = in.readNBytes(MOST_BYTES);
        if (bytes.length == MOST_BYTES && in.read() >= 0) {
            throw tooLarge();
        }
        return ByteString.copyFrom(bytes);
    }

    private static CaException tooLarge() {
        return CaException.of(413, CaError.READING_BODY, "A request body has at most " + MOST_BYTES + " bytes");
    }

    private static List<Parameter> parameters(String query) throws CaException {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            parameters.add(
                    new Parameter(decode(name, true), equals < 0 ? "" : decode(part.substring(equals + 1), true)));
        }
        return parameters;
    }

    /** In a query a plus sign stands for a space. */
    private static String decode(String text, boolean query) throws CaException {
        try {
            return URLDecoder.decode(query ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw CaException.of(400, CaError.BAD_PARAMETER, "The address is not well-formed");
        }
    }

    /** The value of a query parameter; empty if it is not there. */
    String parameter(String wanted) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(wanted))
                .map(Parameter::value)
                .findFirst()
                .orElse("");
    }

    /** Whether a query parameter says yes. */
    boolean flag(String wanted) throws CaException {
        String value = parameter(wanted).toLowerCase(Locale.ROOT);
        if (TRUE.contains(value)) {
            return true;
        }
        if (value.isEmpty() || FALSE.contains(value)) {
            return false;
        }
        throw CaException.of(
                400, CaError.BAD_PARAMETER, "Failed to correctly parse value of '" + wanted + "' query parameter");
    }

    /** The CA that the request names; empty if it leaves that to the port. */
    String authority() throws CaException {
        String asked = parameter("ca");
        return asked.isEmpty() ? json.text("caname").orElse(json.text("CAName").orElse("")) : asked;
    }

    /** The body, where there must be one. */
    CaJson requiredJson() throws CaException {
        if (body.isEmpty()) {
            throw CaException.of(400, CaError.EMPTY_BODY, "Empty request body");
        }
        return json;
    }

    SignedCall signed() throws CaException {
        if (authorization.isEmpty()) {
            throw CaException.authentication(CaError.NO_AUTHORIZATION_HEADER, "no authorization header");
        }
        return new SignedCall(authorization, method, uri, body);
    }
}
