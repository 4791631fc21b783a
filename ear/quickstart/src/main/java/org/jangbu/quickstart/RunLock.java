package org.jangbu.quickstart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jangbu.quickstart.machine.QuickStartException;

/** Keeps a second quick start off the same folder. The operating system lets go of it when the process ends, however it ends. */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    static RunLock of(Path runFolder) throws IOException, QuickStartException {
        Path file = Files.createDirectories(runFolder).resolve(".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new QuickStartException("Another quick start is running in " + runFolder
                    + ". Stop it first (Ctrl-C in its window), or give another folder: --run-folder=…");
        }
        return new RunLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
