package org.jangbu.msp.ca;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** Names and addresses under which a server is reached. */
final class Hosts {
    private static final int MOST = 50;
    private static final int LONGEST = 253;
    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*");

    private Hosts() {}

    static GeneralNames of(List<String> hosts) throws CaException {
        require(hosts.size() <= MOST);
        List<GeneralName> names = new ArrayList<>();
        for (String host : hosts) {
            require(host.length() <= LONGEST);
            boolean address = IPAddress.isValid(host);
            require(address || NAME.matcher(host).matches());
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        return new GeneralNames(names.toArray(new GeneralName[0]));
    }

    /** Those of a certificate request: host names, addresses, mail addresses and URIs, as Fabric CA takes them over. */
    static GeneralNames checked(GeneralNames names) throws CaException {
        require(names.getNames().length <= MOST);
        for (GeneralName name : names.getNames()) {
            String text = name.getName().toString();
            switch (name.getTagNo()) {
                case GeneralName.dNSName ->
                    require(text.length() <= LONGEST && NAME.matcher(text).matches());
                case GeneralName.iPAddress -> require(text.length() == 1 + 2 * 4 || text.length() == 1 + 2 * 16);
                case GeneralName.rfc822Name, GeneralName.uniformResourceIdentifier ->
                    require(text.length() <= LONGEST && Texts.arePrintable(text));
                default -> require(false);
            }
        }
        return names;
    }

    private static void require(boolean condition) throws CaException {
        if (!condition) {
            throw CaException.of(400, CaError.CSR_INPUT, "CSR input validation failed: hosts that cannot be reached");
        }
    }
}
