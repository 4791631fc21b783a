package org.jangbu.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path within the application, decoded and without dot segments as the container resolved it.
 *
 * @param query of the request as sent, empty for none
 * @param repeatable whether the request may be sent again by a link: GET and HEAD
 */
public record RequestPath(String path, String query, boolean repeatable) {
    /** The path of a request. */
    public static RequestPath of(HttpServletRequest request) {
        String info = request.getPathInfo();
        String query = request.getQueryString();
        return new RequestPath(
                request.getServletPath() + (info == null ? "" : info),
                query == null ? "" : query,
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
    }

    /** Whether it belongs to REST. */
    public boolean isApi() {
        return isApi(path);
    }

    /** Whether a path belongs to REST, Fabric's channel participation included. */
    public static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/") || isParticipation(path);
    }

    /** Whether a path belongs to Fabric's channel participation, whose clients look for a member {@code error} in answers. */
    static boolean isParticipation(String path) {
        return path.equals("/participation") || path.startsWith("/participation/");
    }

    /** The address of the sign-in page that leads back here afterwards. */
    public String signIn() {
        String here = query.isEmpty() ? path : path + "?" + query;
        return repeatable && local(here).isPresent()
                ? "/sign-in?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8)
                : "/sign-in";
    }

    /** An address that a page was given, if it leads to a page of the console and nowhere else. */
    public static Optional<String> local(@Nullable String address) {
        return address != null
                        && address.length() < 2000
                        && address.startsWith("/ledger/")
                        && !address.contains("//")
                        && !address.contains("..")
                        && address.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\' && c != '"' && c != '<')
                ? Optional.of(address)
                : Optional.empty();
    }
}
