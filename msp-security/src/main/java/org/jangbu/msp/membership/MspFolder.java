package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.log.MspLog;

/** The files of a local MSP, in Fabric's layout. Files are taken in the order of their names, so that two servers read the same. */
final class MspFolder {
    private static final int MAX_FILES = 1000;

    private final Path folder;

    MspFolder(Path folder) {
        this.folder = folder;
    }

    /** The PEM files of a sub-folder; empty if the folder is not there. Files without PEM are skipped with a warning, as in Fabric. */
    List<ByteString> pems(String name) throws IOException {
        Path sub = folder.resolve(name);
        List<ByteString> pems = new ArrayList<>();
        if (!Files.isDirectory(sub)) {
            return pems;
        }
        for (Path file : files(sub)) {
            byte[] content = read(file);
            if (holdsPem(content)) {
                pems.add(ByteString.copyFrom(content));
            } else {
                MspLog.LOG.mspFileIgnored(file.toString(), "no PEM");
            }
        }
        return pems;
    }

    /** A file that {@code config.yaml} names, relative to the folder and within it. */
    ByteString file(String relative) throws IOException {
        Path file = folder.resolve(relative).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new IOException(relative + " is outside the MSP's folder");
        }
        return ByteString.copyFrom(read(file));
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    private static List<Path> files(Path sub) throws IOException {
        try (Stream<Path> entries = Files.list(sub)) {
            return entries.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MAX_FILES)
                    .toList();
        }
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > Pem.MAX_LENGTH) {
            throw new IOException(file + " is longer than " + Pem.MAX_LENGTH + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private static boolean holdsPem(byte[] content) {
        try {
            return !Pem.blocks(content).isEmpty();
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
