package org.jangbu.chaincode.packaging;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a contract that runs as a service.
 *
 * @param host a name or an IPv4 address in lower case, or an IPv6 address in brackets
 */
public record ServiceAddress(String host, int port) {
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9_.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}]");
    private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    public ServiceAddress {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "the host of an address is a name, an IPv4 address, or an IPv6 address in brackets");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("the port of an address is from 1 to " + MAX_PORT);
        }
    }

    /** Reads {@code host:port}. */
    public static ServiceAddress parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("an address is host:port");
        }
        return new ServiceAddress(matcher.group(1).toLowerCase(Locale.ROOT), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
