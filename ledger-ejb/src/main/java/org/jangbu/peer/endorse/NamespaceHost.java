package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.Version;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.QueryException;
import org.jspecify.annotations.Nullable;

/** What one chaincode on the call stack sees of a simulation: its own namespace, and the door to other chaincodes. */
final class NamespaceHost implements ChaincodeHost {
    private static final int HISTORY_FETCH = 100;

    private final Simulation simulation;
    private final String namespace;
    private final CollectionAccess collections;
    private final Calls calls;

    /** How this chaincode reaches others. */
    @FunctionalInterface
    interface Calls {
        ChaincodeResult call(String chaincode, String channel, List<byte[]> args);
    }

    NamespaceHost(Simulation simulation, String namespace, CollectionAccess collections, Calls calls) {
        this.simulation = simulation;
        this.namespace = namespace;
        this.collections = collections;
        this.calls = calls;
    }

    @Override
    public byte @Nullable [] getState(String collection, String key) {
        if (collection.isEmpty()) {
            return simulation
                    .get(namespace, key)
                    .map(VersionedValue::value)
                    .map(ByteString::toByteArray)
                    .orElse(null);
        }
        collections.checkRead(collection);
        return simulation
                .getPrivate(namespace, collection, key)
                .map(ByteString::toByteArray)
                .orElse(null);
    }

    @Override
    public byte @Nullable [] getPrivateDataHash(String collection, String key) {
        collections.checkExists(collection);
        return simulation
                .privateHash(namespace, collection, key)
                .map(VersionedValue::value)
                .map(ByteString::toByteArray)
                .orElse(null);
    }

    @Override
    public void putState(String collection, String key, byte[] value) {
        write(collection, key, ByteString.copyFrom(value));
    }

    @Override
    public void deleteState(String collection, String key) {
        write(collection, key, ByteString.EMPTY);
    }

    private void write(String collection, String key, ByteString value) {
        if (collection.isEmpty()) {
            simulation.put(namespace, key, value);
        } else {
            collections.checkWrite(collection);
            simulation.putPrivate(namespace, collection, key, value);
        }
    }

    @Override
    public void purgePrivateData(String collection, String key) {
        collections.checkWrite(collection);
        simulation.purge(namespace, collection, key);
    }

    @Override
    public Map<String, byte[]> getStateMetadata(String collection, String key) {
        if (!collection.isEmpty()) {
            collections.checkRead(collection);
        }
        Map<String, ByteString> found = collection.isEmpty()
                ? simulation.metadata(namespace, key)
                : simulation.privateMetadata(namespace, collection, key);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        found.forEach((name, value) -> entries.put(name, value.toByteArray()));
        return entries;
    }

    @Override
    public void putStateMetadata(String collection, String key, String name, byte[] value) {
        KeyRules.checkText(name);
        Map<String, ByteString> entries = Map.of(name, ByteString.copyFrom(value));
        if (collection.isEmpty()) {
            simulation.putMetadata(namespace, key, entries);
        } else {
            collections.checkWrite(collection);
            simulation.putPrivateMetadata(namespace, collection, key, entries);
        }
    }

    @Override
    public Results<KeyValue> getStateByRange(String collection, String start, String end, @Nullable Page page) {
        if (!collection.isEmpty()) {
            collections.checkRead(collection);
            return simulation.privateRange(namespace, collection, start, end);
        }
        if (page == null || !isPaged(page)) {
            return simulation.range(namespace, start, end, 0);
        }
        return simulation.range(namespace, page.bookmark().isEmpty() ? start : page.bookmark(), end, page.size());
    }

    @Override
    public Results<KeyValue> getQueryResult(String collection, String query, @Nullable Page page) {
        boolean isPrivate = !collection.isEmpty();
        if (isPrivate) {
            collections.checkRead(collection);
        }
        int pageSize = !isPrivate && page != null && isPaged(page) ? page.size() : 0;
        try {
            MangoQuery parsed = MangoQuery.parse(query);
            String bookmark =
                    isPrivate || page == null || page.bookmark().isEmpty() ? parsed.bookmark() : page.bookmark();
            Optional<Position> after = parsed.position(bookmark);
            return isPrivate
                    ? simulation.privateQuery(namespace, collection, parsed, after)
                    : simulation.query(namespace, parsed, after, pageSize);
        } catch (QueryException e) {
            throw new ChaincodeHostException(e.getMessage(), e);
        }
    }

    /** Whether a page was asked for, rather than all there is. */
    private static boolean isPaged(Page page) {
        if (page.size() == 0 && page.bookmark().isEmpty()) {
            return false;
        }
        if (page.size() <= 0) {
            throw new ChaincodeHostException("the page size must be positive, not " + page.size());
        }
        return true;
    }

    @Override
    public Results<Modification> getHistoryForKey(String key) {
        return new History(key);
    }

    @Override
    public ChaincodeResult invokeChaincode(String chaincode, String channel, List<byte[]> args) {
        return calls.call(chaincode, channel, args);
    }

    /** A key's past, fetched some entries at a time. */
    private final class History implements Results<Modification> {
        private final String key;
        private final Queue<KeyHistory.Modification> fetched = new ArrayDeque<>();
        private Optional<Version> before = Optional.empty();
        private int taken;
        private boolean atEnd;

        private History(String key) {
            this.key = key;
            fetch();
        }

        @Override
        public boolean hasNext() {
            if (fetched.isEmpty() && !atEnd) {
                fetch();
            }
            return !fetched.isEmpty();
        }

        @Override
        public @Nullable Modification next() {
            if (!hasNext()) {
                return null;
            }
            KeyHistory.Modification next = fetched.poll();
            return next == null
                    ? null
                    : new Modification(
                            next.txId().value(), next.value().toByteArray(), next.timestamp(), next.deleted());
        }

        private void fetch() {
            int limit = Math.min(HISTORY_FETCH, simulation.limits().results() - taken);
            List<KeyHistory.Modification> more =
                    limit <= 0 ? List.of() : simulation.history(namespace, key, before, limit);
            atEnd = more.size() < HISTORY_FETCH;
            taken += more.size();
            fetched.addAll(more);
            if (!more.isEmpty()) {
                before = Optional.of(more.get(more.size() - 1).version());
            }
        }

        @Override
        public String bookmark() {
            return "";
        }

        @Override
        public int fetched() {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is held open.
        }
    }
}
