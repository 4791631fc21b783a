package org.jangbu.quickstart.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, for the person who has to find out what went wrong. */
public final class LogTail {
    private static final int LINES = 15;

    private LogTail() {}

    /** The last lines, each indented; a word instead if the file cannot be read. */
    public static String of(Path log) {
        try {
            // Latin 1 reads any bytes.
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n    ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read)";
        }
    }
}
