package org.jangbu.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Processor time of a process and those below it, from Linux's {@code /proc/<pid>/stat} (fields utime, stime, cutime, cstime, in ticks of a
 * hundredth of a second). Time of children that ended and were waited for is included; so PostgreSQL's finished back ends count too.
 */
final class ProcessCpu {
    private static final long MILLIS_PER_TICK = 10;

    private final ProcessHandle root;

    ProcessCpu(long pid) {
        this.root = ProcessHandle.of(pid).orElseThrow(() -> new IllegalArgumentException("no process " + pid));
    }

    /** Processor time spent until now. */
    Duration spent() throws IOException {
        long ticks = 0;
        for (ProcessHandle process :
                Stream.concat(Stream.of(root), root.descendants()).toList()) {
            ticks += ticks(process.pid());
        }
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    private static long ticks(long pid) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (NoSuchFileException ended) {
            return 0;
        }
        // The command's name may hold spaces and brackets; fields are counted after its closing bracket.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11])
                + Long.parseLong(fields[12])
                + Long.parseLong(fields[13])
                + Long.parseLong(fields[14]);
    }
}
