package org.jangbu.chaincode.packaging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of an archive's entries: as many as allowed, each file once, and none that is a file and a folder. */
final class EntryNames {
    private static final int LONGEST = 1024;

    private final int most;
    private final Set<String> files = new HashSet<>();
    private final Set<String> folders = new HashSet<>();
    private int entries;

    EntryNames(int most) {
        this.most = most;
    }

    void addFolder(String name) throws ChaincodePackageException {
        count();
        String plain = plain(name);
        if (!plain.isEmpty()) {
            folder(plain, name);
        }
    }

    void addFile(String name) throws ChaincodePackageException {
        count();
        String plain = plain(name);
        if (plain.isEmpty()) {
            throw new ChaincodePackageException("An entry's name is not accepted: " + quoted(name));
        }
        if (!files.add(plain) || folders.contains(plain)) {
            throw twice(name);
        }
        int end = plain.lastIndexOf('/');
        if (end > 0) {
            folder(plain.substring(0, end), name);
        }
    }

    /** Refuses a name that leads out of the folder in which it is unpacked, on whatever system that is. */
    static String checked(String name) throws ChaincodePackageException {
        boolean leadsOut = name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || name.indexOf('\0') >= 0
                || List.of(name.split("/", -1)).contains("..");
        if (leadsOut || name.isEmpty() || name.length() > LONGEST) {
            throw new ChaincodePackageException("An entry's name is not accepted: " + quoted(name));
        }
        return name;
    }

    static String quoted(String name) {
        String start = name.substring(0, Math.min(name.length(), 100));
        return '"' + start.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    private void count() throws ChaincodePackageException {
        entries++;
        if (entries > most) {
            throw new ChaincodePackageException("There are more than " + most + " files and folders");
        }
    }

    private void folder(String plain, String name) throws ChaincodePackageException {
        String folder = plain;
        while (folders.add(folder)) {
            int end = folder.lastIndexOf('/');
            if (end < 0) {
                break;
            }
            folder = folder.substring(0, end);
        }
        for (String above = plain; !above.isEmpty(); above = above.substring(0, Math.max(0, above.lastIndexOf('/')))) {
            if (files.contains(above)) {
                throw twice(name);
            }
        }
    }

    private static ChaincodePackageException twice(String name) {
        return new ChaincodePackageException("A file is there twice: " + quoted(name));
    }

    /** The place that a name means: {@code ./a//b} is {@code a/b}. */
    static String plain(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
