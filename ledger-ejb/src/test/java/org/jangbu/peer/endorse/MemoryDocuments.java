package org.jangbu.peer.endorse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.FoundDocument;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.query.Document;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.StrictJson;

/**
 * The documents of a ledger in memory, each looked at by the evaluator.
 *
 * @param entries all of a namespace
 */
record MemoryDocuments(Function<String, AtHeight<List<WorldState.Entry>>> entries) implements Documents {
    @Override
    public AtHeight<Batch> find(String namespace, MangoQuery query, Optional<Position> after, int most, Duration time) {
        Comparator<Position> order = Position.order(query.descending());
        List<Answer> answers = new ArrayList<>();
        AtHeight<List<WorldState.Entry>> read = entries.apply(namespace);
        for (WorldState.Entry entry : read.value()) {
            if (Document.of(entry.key().key(), entry.value().value())
                    .filter(document -> document.isSortable(query) && document.matches(query))
                    .isPresent()) {
                String json = StrictJson.object(entry.value().value()).orElseThrow();
                Answer answer = FoundDocument.of(entry, json).answer(query);
                if (after.isEmpty() || order.compare(answer.position(), after.get()) > 0) {
                    answers.add(answer);
                }
            }
        }
        answers.sort(Comparator.comparing(Answer::position, order));
        List<Answer> some = answers.subList(0, Math.min(most, answers.size()));
        Optional<Position> last = some.isEmpty()
                ? Optional.empty()
                : Optional.of(some.get(some.size() - 1).position());
        return new AtHeight<>(read.height(), new Batch(some, last, some.size() == most));
    }
}
