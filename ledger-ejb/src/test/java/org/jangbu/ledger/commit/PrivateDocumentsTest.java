package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.privatedata.FoundSet;
import org.jangbu.ledger.privatedata.Lifetime;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateWrite;
import org.jangbu.ledger.query.Documents;
import org.jangbu.model.query.MangoQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which private values rich queries find on a real database: those that a reader would be shown, as blocks leave them. */
class PrivateDocumentsTest {
    private static final String MINE = "mine";

    @TempDir
    Path folder;

    private PrivatePeer peer;

    @BeforeEach
    void open() throws Exception {
        peer = new PrivatePeer(folder, true);
    }

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void current_values_are_found_as_they_were_put() throws Exception {
        peer.commitWithSets(by("1").put("a", "{\"owner\":\"lee\", \"size\": 1}")
                .put("b", "{\"owner\":\"kim\"}")
                .put("c", "no document"));
        peer.commitWithSets(by("2").put("b", "{\"owner\":\"lee\"}").put("d", "{\"owner\":\"lee\"}"));
        assertThat(found(MINE, "lee"))
                .containsExactly(
                        "cc a={\"owner\":\"lee\", \"size\": 1}",
                        "cc b={\"owner\":\"lee\"}",
                        "cc d={\"owner\":\"lee\"}");
        assertThat(found(MINE, "kim")).isEmpty();
        assertThat(found("other", "lee")).isEmpty();

        peer.commitWithSets(by("3").put("a", "lee").delete("b"), by("4").purge("d"));
        assertThat(found(MINE, "lee")).isEmpty();
    }

    @Test
    void metadata_leave_a_value_to_be_found() throws Exception {
        peer.commitWithSets(by("1").put("a", "{\"owner\":\"lee\"}"));
        peer.commit(by("2").metadata("a", "policy"));
        assertThat(found(MINE, "lee")).containsExactly("cc a={\"owner\":\"lee\"}");
    }

    @Test
    void a_value_whose_successor_never_came_is_not_found_until_that_comes() throws Exception {
        peer.commitWithSets(by("1").put("a", "{\"owner\":\"lee\",\"size\":1}"));
        PrivateTransaction late = by("2").put("a", "{\"owner\":\"lee\",\"size\":2}");
        peer.commit(late);
        assertThat(found(MINE, "lee")).isEmpty();

        MissingSet missing =
                peer.ledger().missingSets().of(PrivatePeer.name(MINE), 10).get(0);
        List<PrivateWrite> writes = peer.past(2)
                .check(late.set().content(), peer.ledger().privateData())
                .orElseThrow();
        peer.ledger().missingSets().fill(List.of(new FoundSet(missing, writes, Lifetime.UNLIMITED)));
        assertThat(found(MINE, "lee")).containsExactly("cc a={\"owner\":\"lee\",\"size\":2}");
    }

    @Test
    void what_has_come_to_its_end_is_not_found() throws Exception {
        peer.commitWithSets(PrivateTransaction.by("1", "short1").put("a", "{\"owner\":\"lee\"}"));
        assertThat(found("short1", "lee")).hasSize(1);
        peer.commit(Writes.by("2").put("cc", "k", "v"));
        assertThat(found("short1", "lee")).hasSize(1);
        peer.commit(Writes.by("3").put("cc", "k", "v"));
        assertThat(found("short1", "lee")).isEmpty();
    }

    private List<String> found(String collection, String owner) throws Exception {
        MangoQuery query = MangoQuery.parse("{\"selector\":{\"owner\":\"" + owner + "\"}}");
        Documents.Batch batch = peer.ledger()
                .privateDocuments()
                .find(PrivatePeer.name(collection).namespace(), query, Optional.empty(), 100, Duration.ofSeconds(10))
                .value();
        return batch.answers().stream()
                .map(Documents.Answer::entry)
                .map(entry -> entry.key().namespace() + " " + entry.key().key() + "="
                        + entry.value().value().toStringUtf8())
                .toList();
    }

    private static PrivateTransaction by(String nonce) {
        return PrivateTransaction.by(nonce, MINE);
    }
}
