package org.jangbu.ledger.query.jpa;

import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters of a statement that is being put together: whatever a query names or asks for goes here, and its place into the text. */
final class Parameters {
    private static final Pattern PLACE = Pattern.compile("\\?([0-9]+)");

    private final List<Object> values = new ArrayList<>();
    private final Map<Integer, Integer> used = new LinkedHashMap<>();

    /** The place that stands for a value. */
    String add(Object value) {
        values.add(value);
        return "?" + values.size();
    }

    /** The finished text, its places numbered without gaps, since not all that was added need have been used. */
    String numbered(String sql) {
        return PLACE.matcher(sql)
                .replaceAll(place ->
                        "?" + used.computeIfAbsent(Integer.valueOf(place.group(1)), ignored -> used.size() + 1));
    }

    void bind(Query query) {
        used.forEach((added, place) -> query.setParameter(place, values.get(added - 1)));
    }
}
