package org.jangbu.cli.run;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that commands read and write whole, within a bound. */
public final class InputFile {
    private static final long LARGEST = 256L << 20;

    private InputFile() {}

    /** The bytes of a file; of standard input where it is {@code -}. */
    public static ByteString read(Path file) {
        try {
            if (file.toString().equals("-")) {
                byte[] bytes = System.in.readNBytes((int) LARGEST);
                return ByteString.copyFrom(bytes);
            }
            if (Files.size(file) > LARGEST) {
                throw CommandFailure.of(ExitCode.UNUSABLE, file + " is longer than " + LARGEST + " bytes");
            }
            return ByteString.copyFrom(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + " is not there", e);
        } catch (IOException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes a file whole or not at all, in place of an earlier one; to standard output where it is {@code -}. */
    public static void write(Path file, ByteString bytes) {
        try {
            if (file.toString().equals("-")) {
                bytes.writeTo(System.out);
                System.out.flush();
                return;
            }
            Path whole = file.toAbsolutePath();
            Path folder = whole.getParent();
            if (folder == null) {
                throw CommandFailure.of(ExitCode.USAGE, file + " is no file");
            }
            Path draft = Files.createTempFile(folder, ".jangbu", ".tmp");
            try {
                Files.write(draft, bytes.toByteArray());
                move(draft, whole);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + " cannot be written: " + e, e);
        }
    }

    private static void move(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
