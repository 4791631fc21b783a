package org.jangbu.cli.chaincode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue.JsonObject;

/** The files that go into a package, under the names that Fabric's tools give them. */
final class CodeFiles {
    private static final int MOST = 10_000;
    private static final String METADATA = "META-INF/";
    private static final String INDEXES = "META-INF/statedb/";
    private static final String CONNECTION = "connection.json";

    private CodeFiles() {}

    /** A contract's jar, or a folder with its jars and whatever else belongs to it; {@code META-INF/statedb} of the folder has its own place. */
    static SortedMap<String, byte[]> java(Path path) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (!Files.isDirectory(path)) {
            files.put("src/" + path.getFileName(), InputFile.read(path).toByteArray());
            return files;
        }
        read(path).forEach((name, content) -> {
            boolean metadata = name.startsWith(METADATA);
            if (metadata) {
                checkIndex(name, content);
            }
            files.put(metadata ? name : "src/" + name, content);
        });
        if (files.keySet().stream().noneMatch(name -> name.endsWith(".jar"))) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, path + " holds no jar: build the contract first, sources are not compiled here");
        }
        return files;
    }

    /** {@code connection.json}, or a folder that holds it and perhaps {@code META-INF/statedb}. */
    static SortedMap<String, byte[]> service(Path path) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (Files.isDirectory(path)) {
            files.putAll(read(path));
        } else {
            files.put(CONNECTION, InputFile.read(path).toByteArray());
        }
        byte[] connection = Optional.ofNullable(files.get(CONNECTION))
                .orElseThrow(() -> CommandFailure.of(ExitCode.UNUSABLE, path + " holds no " + CONNECTION));
        String address =
                RestAnswer.text(object(CONNECTION, connection), "address").orElse("");
        if (!address.matches("[^\\s:]+:[0-9]{1,5}|\\[[^\\s\\]]+\\]:[0-9]{1,5}")) {
            throw CommandFailure.of(ExitCode.UNUSABLE, CONNECTION + " must say an address, host:port");
        }
        files.forEach((name, content) -> {
            if (!name.equals(CONNECTION)) {
                checkIndex(name, content);
            }
        });
        return files;
    }

    /** Of what is neither code nor connection only the indexes are known. */
    private static void checkIndex(String name, byte[] content) {
        if (!name.startsWith(INDEXES) || !name.endsWith(".json")) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, name + " has no place in a package; there may be " + INDEXES + "….json");
        }
        object(name, content);
    }

    private static JsonObject object(String name, byte[] content) {
        try {
            if (JsonReader.read(content, JsonLimits.USUAL) instanceof JsonObject object) {
                return object;
            }
            throw CommandFailure.of(ExitCode.UNUSABLE, name + " must be a JSON object");
        } catch (JsonSyntaxException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, name + " is " + e.getMessage(), e);
        }
    }

    private static SortedMap<String, byte[]> read(Path folder) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> found =
                    walk.filter(Files::isRegularFile).limit(MOST + 1L).toList();
            if (found.size() > MOST) {
                throw CommandFailure.of(ExitCode.UNUSABLE, folder + " holds more than " + MOST + " files");
            }
            for (Path file : found) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                files.put(name, InputFile.read(file).toByteArray());
            }
        } catch (IOException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, folder + " cannot be read: " + e.getMessage(), e);
        }
        return files;
    }
}
