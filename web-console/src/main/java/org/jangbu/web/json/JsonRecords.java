package org.jangbu.web.json;

import jakarta.json.stream.JsonGenerator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.jangbu.web.view.Content;

/**
 * Writes records as JSON objects, their components in order. Absent values are left out; {@link Content} becomes a string where it is text,
 * else an object {@code {"base64": "…"}}. Our own few lines instead of a binding, so that the JSON depends on nothing but the records.
 */
public final class JsonRecords {
    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    private final JsonGenerator json;

    public JsonRecords(JsonGenerator json) {
        this.json = json;
    }

    /** Writes a value of any kind that views are made of. */
    public void write(Object value) {
        if (value instanceof Content content) {
            content(content);
        } else if (value instanceof Record data) {
            json.writeStartObject();
            members(data);
            json.writeEnd();
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            list.forEach(this::write);
            json.writeEnd();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, member) -> member(name.toString(), member));
            json.writeEnd();
        } else {
            scalar(value);
        }
    }

    /** Writes one member of the object that has been started; nothing for an empty {@link Optional}. */
    public void member(String name, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> member(name, present));
        } else {
            json.writeKey(name);
            write(value);
        }
    }

    private void members(Record data) {
        for (RecordComponent component : COMPONENTS.get(data.getClass())) {
            member(component.getName(), read(component, data));
        }
    }

    private void content(Content content) {
        Optional<String> text = content.text();
        if (text.isPresent()) {
            json.write(text.get());
        } else {
            json.writeStartObject().write("base64", content.base64()).writeEnd();
        }
    }

    private void scalar(Object value) {
        if (value instanceof Boolean truth) {
            json.write(truth);
        } else if (value instanceof Integer || value instanceof Long) {
            json.write(((Number) value).longValue());
        } else if (value instanceof BigInteger number) {
            json.write(number);
        } else {
            json.write(value.toString());
        }
    }

    private static Object read(RecordComponent component, Record data) {
        try {
            return component.getAccessor().invoke(data);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
