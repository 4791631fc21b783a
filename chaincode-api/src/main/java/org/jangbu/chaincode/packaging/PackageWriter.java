package org.jangbu.chaincode.packaging;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes packages. The same files under the same names and label always give the same bytes, and so the same id: neither clock nor user nor machine shows. */
public final class PackageWriter {
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    private PackageWriter() {}

    /**
     * A package.
     *
     * @param type for whom it is: {@code java}, {@code ccaas}, …
     * @param code the files of its code by their names, such as {@code src/contract.jar} or {@code connection.json}
     * @throws ChaincodePackageException if a peer would refuse it
     */
    public static ChaincodePackage write(String type, String label, SortedMap<String, byte[]> code)
            throws IOException, ChaincodePackageException {
        if (!TYPE.matcher(type).matches()) {
            throw new ChaincodePackageException("A package's type is lower-case letters, digits, _ and -");
        }
        try {
            PackageId.of(label, new byte[0]);
        } catch (IllegalArgumentException e) {
            throw new ChaincodePackageException(String.valueOf(e.getMessage()), e);
        }
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("metadata.json", new PackageMetadata(type, "", label).json());
        parts.put("code.tar.gz", TarGzip.write(new TreeMap<>(code)));
        return ChaincodePackage.read(TarGzip.write(parts));
    }
}
