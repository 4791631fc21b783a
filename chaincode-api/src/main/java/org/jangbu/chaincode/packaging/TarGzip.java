package org.jangbu.chaincode.packaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A gzip'd tar, read within bounds and written always in the same way. */
final class TarGzip {
    private static final int REGULAR_FILE = 0100644;

    private TarGzip() {}

    /** Is given each regular file. */
    interface Visitor {
        void file(String name, InputStream content) throws IOException, ChaincodePackageException;
    }

    /**
     * Reads all entries: folders are skipped, links and devices refused, and so are names that lead out of the folder in which they are unpacked.
     *
     * @param maxFiles how many files there may be
     * @param maxBytes how many bytes they may have in all, unpacked
     */
    static void read(byte[] archive, int maxFiles, long maxBytes, Visitor visitor)
            throws IOException, ChaincodePackageException {
        Set<String> names = new HashSet<>();
        InputStream unzipped = new BoundedInput(new GZIPInputStream(new ByteArrayInputStream(archive)), maxBytes);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(unzipped)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                String name = checkedName(entry);
                if (!names.add(name)) {
                    throw new ChaincodePackageException("A file is there twice: " + name);
                }
                if (names.size() > maxFiles) {
                    throw new ChaincodePackageException("There are more than " + maxFiles + " files");
                }
                visitor.file(name, tar);
            }
        }
    }

    private static String checkedName(TarArchiveEntry entry) throws ChaincodePackageException {
        String name = entry.getName();
        byte kind = entry.getLinkFlag();
        if ((kind != TarConstants.LF_NORMAL && kind != TarConstants.LF_OLDNORM) || entry.isSparse()) {
            throw new ChaincodePackageException("An entry is no plain file: " + quoted(name));
        }
        boolean leadsOut = name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || name.indexOf('\0') >= 0
                || List.of(name.split("/", -1)).contains("..");
        if (leadsOut || name.isEmpty() || name.length() > 1024) {
            throw new ChaincodePackageException("An entry's name is not accepted: " + quoted(name));
        }
        return name;
    }

    private static String quoted(String name) {
        String start = name.substring(0, Math.min(name.length(), 100));
        return '"' + start.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    /** Writes files in the map's order; neither clock nor user shows in the bytes. */
    static byte[] write(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0L);
                entry.setMode(REGULAR_FILE);
                entry.setIds(0, 0);
                entry.setNames("", "");
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
