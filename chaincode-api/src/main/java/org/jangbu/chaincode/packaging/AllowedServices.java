package org.jangbu.chaincode.packaging;

import java.io.IOException;
import java.nio.file.Path;

/**
 * At which addresses the server may call contracts that run as services: a text file of its operator with one {@code host:port} on each line; {@code #}
 * begins a comment. No file allows none. An administrator of an organisation installs packages, and a package names an address; without this list each
 * of them could have the server connect to whatever it can reach. Thread-safe.
 */
public final class AllowedServices {
    private final OperatorsList<ServiceAddress> list;

    public AllowedServices(Path file) {
        this.list = new OperatorsList<>(file, ServiceAddress::parse);
    }

    /**
     * Whether the operator allows an address.
     *
     * @throws IOException if the file cannot be read, or holds a line that is no address
     */
    public boolean allows(ServiceAddress address) throws IOException {
        return list.contains(address);
    }
}
