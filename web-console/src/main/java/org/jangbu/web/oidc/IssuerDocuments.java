package org.jangbu.web.oidc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * Asks the issuer for JSON: bounded in time and size, without following redirects. The platform's plain client on purpose: it leaves no
 * thread behind when the application goes.
 */
final class IssuerDocuments {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int LONGEST = 256 * 1024;

    Map<String, Object> get(Endpoint endpoint) throws IssuerUnavailableException {
        try {
            return answer(open(endpoint), endpoint);
        } catch (IOException e) {
            throw new IssuerUnavailableException(endpoint + " does not answer: " + e.getMessage(), e);
        }
    }

    /**
     * Sends a form.
     *
     * @param authorization a header's value; empty for none
     */
    Map<String, Object> post(Endpoint endpoint, String form, String authorization) throws IssuerUnavailableException {
        try {
            HttpURLConnection connection = open(endpoint);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            if (!authorization.isEmpty()) {
                connection.setRequestProperty("Authorization", authorization);
            }
            try (OutputStream out = connection.getOutputStream()) {
                out.write(form.getBytes(StandardCharsets.US_ASCII));
            }
            return answer(connection, endpoint);
        } catch (IOException e) {
            throw new IssuerUnavailableException(endpoint + " does not answer: " + e.getMessage(), e);
        }
    }

    /** The value of an {@code Authorization: Basic} header. */
    static String basic(String name, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpURLConnection open(Endpoint endpoint) throws IOException {
        if (!(endpoint.address().toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException("not HTTP");
        }
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/json");
        return connection;
    }

    private static Map<String, Object> answer(HttpURLConnection connection, Endpoint endpoint)
            throws IOException, IssuerUnavailableException {
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            throw new IssuerUnavailableException(endpoint + " answers " + status);
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] body = in.readNBytes(LONGEST + 1);
            if (body.length > LONGEST) {
                throw new IssuerUnavailableException(endpoint + " answers more than " + LONGEST + " bytes");
            }
            return JsonUtil.parseJson(new String(body, StandardCharsets.UTF_8));
        } catch (JoseException e) {
            throw new IssuerUnavailableException(endpoint + " answers something that is no JSON object", e);
        }
    }
}
