package org.jangbu.benchmarks.channels;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a virtual machine takes, after a full collection: live heap and loaded classes as {@code jcmd} tells them, threads and resident memory as Linux does.
 *
 * @param heapBytes objects that are reachable
 * @param residentBytes memory of the process, the unused heap it has taken once included
 */
record Footprint(long heapBytes, long residentBytes, long threads) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final long KIB = 1024;

    static Footprint of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        return new Footprint(live(jcmd(pid, "GC.heap_info")) * KIB, status(pid, "VmRSS") * KIB, status(pid, "Threads"));
    }

    /** Collectors tell one sum or one for each generation; what lies outside the heap comes last. */
    private static long live(String told) throws IOException {
        Matcher used =
                USED.matcher(told.substring(0, told.contains("Metaspace") ? told.indexOf("Metaspace") : told.length()));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        if (sum == 0) {
            throw new IOException("the virtual machine does not tell its heap: " + told);
        }
        return sum;
    }

    private static long status(long pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("process " + pid + " has no " + name);
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        command))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + output);
        }
        return output;
    }

    @Override
    public String toString() {
        return "live heap %d MB, resident %d MB, %d threads".formatted(heapBytes >> 20, residentBytes >> 20, threads);
    }
}
