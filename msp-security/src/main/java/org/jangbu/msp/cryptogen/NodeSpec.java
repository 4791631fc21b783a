package org.jangbu.msp.cryptogen;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;
import org.jangbu.model.NodeName;

/**
 * A node to be made.
 *
 * @param name its full host name, which its certificates carry
 * @param hosts what else its TLS certificate is valid for: DNS names and IP addresses
 */
public record NodeSpec(NodeName name, List<String> hosts) {
    private static final int MAX_HOST = 253;

    public NodeSpec {
        hosts = List.copyOf(hosts);
        for (String host : hosts) {
            if (host.isEmpty() || host.length() > MAX_HOST || !host.chars().allMatch(NodeSpec::mayStandInHost)) {
                throw new IllegalArgumentException("not a host name or address for the node " + name);
            }
        }
    }

    /** A node of a trial: reached by its name, by the first label of it, and on the same machine. */
    public static NodeSpec of(NodeName name) {
        return new NodeSpec(name, List.of());
    }

    GeneralNames alternativeNames() {
        Set<String> all = new LinkedHashSet<>();
        all.add(name.value());
        int dot = name.value().indexOf('.');
        if (dot > 0) {
            all.add(name.value().substring(0, dot));
        }
        all.addAll(hosts);
        all.addAll(List.of("localhost", "127.0.0.1", "::1"));
        return new GeneralNames(all.stream().map(NodeSpec::alternativeName).toArray(GeneralName[]::new));
    }

    private static GeneralName alternativeName(String host) {
        return new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static boolean mayStandInHost(int c) {
        return c > ' ' && c < 0x7f && "\"'\\/,;@%".indexOf(c) < 0;
    }
}
