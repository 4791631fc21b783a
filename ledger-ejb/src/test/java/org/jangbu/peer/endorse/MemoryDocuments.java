package org.jangbu.peer.endorse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.FoundDocument;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;

/** The documents of a ledger in memory, each looked at by the evaluator. */
record MemoryDocuments(MemoryLedger ledger) implements Documents {
    @Override
    public AtHeight<Batch> find(String namespace, MangoQuery query, Optional<Position> after, int most, Duration time) {
        Comparator<Position> order = Position.order(query.descending());
        List<Answer> answers = new ArrayList<>();
        for (WorldState.Entry entry : ledger.range(namespace, "", "", Integer.MAX_VALUE)) {
            FoundDocument.ofStored(entry)
                    .filter(document -> document.isSortable(query) && document.matches(query))
                    .map(document -> document.answer(query))
                    .filter(answer -> after.isEmpty() || order.compare(answer.position(), after.get()) > 0)
                    .ifPresent(answers::add);
        }
        answers.sort(Comparator.comparing(Answer::position, order));
        List<Answer> some = answers.subList(0, Math.min(most, answers.size()));
        Optional<Position> last = some.isEmpty()
                ? Optional.empty()
                : Optional.of(some.get(some.size() - 1).position());
        return new AtHeight<>(ledger.height(), new Batch(some, last, some.size() == most));
    }
}
