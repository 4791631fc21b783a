package org.jangbu.ledger.block;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jangbu.model.ChannelId;

/** The folder of one channel's block files: {@code chains/chains/<channel>/blockfile_000000}, {@code …000001} and so on. */
record BlockFolder(Path path) {
    private static final Pattern BLOCK_FILE = Pattern.compile("blockfile_[0-9]{6,}");

    /** The channel's folder below {@code ledgers}, made if it is not there. */
    static BlockFolder of(Path ledgers, ChannelId channel) throws IOException {
        Path folder =
                ledgers.toAbsolutePath().resolve("chains").resolve("chains").resolve(channel.value());
        create(folder);
        return new BlockFolder(folder);
    }

    Path file(int number) {
        return path.resolve("blockfile_%06d".formatted(number));
    }

    /** How many block files there are; refuses a gap in their numbers. */
    int count() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(path)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> BLOCK_FILE.matcher(name).matches())
                    .toList();
        }
        for (int i = 0; i < names.size(); i++) {
            if (!names.contains(file(i).getFileName().toString())) {
                throw new CorruptBlockFileException(file(i), "the file is missing, " + names.size() + " are there");
            }
        }
        return names.size();
    }

    /** Makes new, renamed and removed names durable. */
    void force() throws IOException {
        force(path);
    }

    private static void create(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        create(parent);
        Files.createDirectories(folder);
        force(parent);
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
