package org.jangbu.peer.lifecycle.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jangbu.model.Quoted;
import org.jangbu.model.query.IndexDefinition;
import org.jangbu.model.query.QueryException;

/**
 * The indexes that a package brings along: {@code META-INF/statedb/couchdb/indexes/*.json}, and {@code …/collections/<name>/indexes/*.json} for
 * private collections.
 *
 * @param byCollection under the collection's name; empty for the public state
 */
record PackageIndexes(SortedMap<String, List<IndexDefinition>> byCollection) {
    static final PackageIndexes NONE = new PackageIndexes(new TreeMap<>());

    private static final Pattern FILE = Pattern.compile("couchdb/(?:collections/([^/]+)/)?indexes/([^/]+)");

    /**
     * Reads them.
     *
     * @param files by their names below {@code META-INF/statedb}; what is elsewhere there is for other databases
     * @throws QueryException if one is malformed; the message names it
     */
    static PackageIndexes read(SortedMap<String, byte[]> files) throws QueryException {
        SortedMap<String, List<IndexDefinition>> found = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Matcher name = FILE.matcher(file.getKey());
            if (name.matches()) {
                String collection = name.group(1) == null ? "" : name.group(1);
                found.computeIfAbsent(collection, ignored -> new ArrayList<>())
                        .add(read(file.getKey(), name.group(2), file.getValue()));
            }
        }
        return new PackageIndexes(found);
    }

    private static IndexDefinition read(String path, String name, byte[] content) throws QueryException {
        String file = "META-INF/statedb/" + Quoted.brief(path);
        if (!name.endsWith(".json")) {
            throw new QueryException(file + ": the name does not end with .json");
        }
        try {
            return IndexDefinition.parse(content);
        } catch (QueryException e) {
            throw new QueryException(file + ": " + e.getMessage(), e);
        }
    }
}
