package org.jangbu.chaincode.packaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** A gzip'd tar, read within bounds and written always in the same way. */
final class TarGzip {
    private static final int REGULAR_FILE = 0100644;
    private static final int BUFFER = 8192;

    /** Read by records, so that the reader swallows nothing of what follows the end. */
    private static final int RECORD = 512;

    /** Most bytes between two entries: a long name and what else a tar says about a file, which its reader keeps in memory. */
    private static final int MAX_HEADER_BYTES = 64 << 10;

    private TarGzip() {}

    /** Is given each regular file. */
    interface Visitor {
        void file(String name, InputStream content) throws IOException, ChaincodePackageException;
    }

    /** The same for an archive in memory. */
    static void read(byte[] archive, int maxEntries, long maxBytes, Visitor visitor)
            throws IOException, ChaincodePackageException {
        read(new ByteArrayInputStream(archive), maxEntries, maxBytes, visitor);
    }

    /**
     * Reads all entries, to the archive's last byte: folders are skipped, links and devices refused, and so are names that lead out of the folder in
     * which they are unpacked, names that are there twice, and whatever follows the end.
     *
     * @param archive stays open
     * @param maxEntries how many files and folders there may be
     * @param maxBytes how many bytes they may have in all, unpacked
     */
    static void read(InputStream archive, int maxEntries, long maxBytes, Visitor visitor)
            throws IOException, ChaincodePackageException {
        GzipCompressorInputStream gzip = GzipCompressorInputStream.builder()
                .setInputStream(archive)
                .setDecompressConcatenated(true)
                .get();
        BoundedInput unzipped = new BoundedInput(gzip, maxBytes, gzip::getCompressedCount);
        TarArchiveInputStream tar = new TarArchiveInputStream(unzipped, RECORD);
        EntryNames names = new EntryNames(maxEntries);
        for (TarArchiveEntry entry = next(tar, unzipped); entry != null; entry = next(tar, unzipped)) {
            String name = checkedName(entry);
            if (entry.isDirectory()) {
                names.addFolder(name);
                continue;
            }
            names.addFile(name);
            visitor.file(name, tar);
            tar.transferTo(OutputStream.nullOutputStream());
        }
        requireNothingMore(unzipped);
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar, BoundedInput unzipped) throws IOException {
        unzipped.limit(MAX_HEADER_BYTES);
        try {
            return tar.getNextEntry();
        } finally {
            unzipped.unlimited();
        }
    }

    /** A tar ends with zeros, as many as its writer likes. */
    private static void requireNothingMore(InputStream unzipped) throws IOException, ChaincodePackageException {
        byte[] buffer = new byte[BUFFER];
        for (int count = unzipped.read(buffer); count >= 0; count = unzipped.read(buffer)) {
            for (int i = 0; i < count; i++) {
                if (buffer[i] != 0) {
                    throw new ChaincodePackageException("There are more bytes after the archive's end");
                }
            }
        }
    }

    private static String checkedName(TarArchiveEntry entry) throws ChaincodePackageException {
        byte kind = entry.getLinkFlag();
        boolean plain = kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
        if ((!plain && kind != TarConstants.LF_DIR) || entry.isSparse()) {
            throw new ChaincodePackageException("An entry is no plain file: " + EntryNames.quoted(entry.getName()));
        }
        return EntryNames.checked(entry.getName());
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
