package org.jangbu.model.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import org.jangbu.model.Quoted;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/** Reads numbers, texts, bytes and constants as protobuf's JSON has them: numbers may be quoted, Base64 may be that of URLs. */
final class ScalarReader {
    private static final int MOST_DIGITS = 40;

    private ScalarReader() {}

    /** A map's key, which JSON always writes as text. */
    static Object key(FieldDescriptor field, String key, Place place) throws TranslationException {
        return switch (field.getType()) {
            case STRING -> key;
            case BOOL -> truth(key, place);
            default -> read(field, new JsonText(key), place);
        };
    }

    private static Boolean truth(String key, Place place) throws TranslationException {
        if (!key.equals("true") && !key.equals("false")) {
            throw place.refused("true or false is expected");
        }
        return Boolean.valueOf(key);
    }

    static Object read(FieldDescriptor field, JsonValue json, Place place) throws TranslationException {
        return switch (field.getType()) {
            case BOOL -> {
                if (!(json instanceof JsonTruth truth)) {
                    throw place.refused("true or false is expected");
                }
                yield truth.truth();
            }
            case STRING -> text(json, place, "a text is expected");
            case BYTES -> bytes(text(json, place, "Base64 is expected"), place);
            case ENUM -> constant(field, json, place);
            case INT32, SINT32, SFIXED32 ->
                whole(json, BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE), place)
                        .intValue();
            case UINT32, FIXED32 ->
                whole(json, BigInteger.ZERO, BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE), place)
                        .intValue();
            case INT64, SINT64, SFIXED64 ->
                whole(json, BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE), place)
                        .longValue();
            case UINT64, FIXED64 ->
                whole(json, BigInteger.ZERO, BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE), place)
                        .longValue();
            default ->
                throw new IllegalStateException("no message of Fabric's has a field like " + field.getFullName());
        };
    }

    private static String text(JsonValue json, Place place, String expected) throws TranslationException {
        if (json instanceof JsonText text) {
            return text.text();
        }
        throw place.refused(expected);
    }

    private static ByteString bytes(String base64, Place place) throws TranslationException {
        try {
            return ByteString.copyFrom(
                    Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            throw place.refused("no Base64");
        }
    }

    private static EnumValueDescriptor constant(FieldDescriptor field, JsonValue json, Place place)
            throws TranslationException {
        if (json instanceof JsonText text) {
            EnumValueDescriptor named = field.getEnumType().findValueByName(text.text());
            if (named == null) {
                throw place.refused(field.getEnumType().getFullName() + " has no " + Quoted.brief(text.text()));
            }
            return named;
        }
        int number = whole(json, BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE), place)
                .intValue();
        return field.getEnumType().findValueByNumberCreatingIfUnknown(number);
    }

    private static BigInteger whole(JsonValue json, BigInteger least, BigInteger most, Place place)
            throws TranslationException {
        String spelling =
                json instanceof JsonNumber number ? number.spelling() : text(json, place, "a whole number is expected");
        try {
            if (spelling.length() > MOST_DIGITS) {
                throw place.refused("a whole number is expected");
            }
            BigDecimal number = new BigDecimal(spelling);
            if (Math.abs((long) number.scale()) > MOST_DIGITS) {
                throw place.refused("a whole number is expected");
            }
            BigInteger whole = number.toBigIntegerExact();
            if (whole.compareTo(least) < 0 || whole.compareTo(most) > 0) {
                throw place.refused("the number must be from " + least + " to " + most);
            }
            return whole;
        } catch (ArithmeticException | NumberFormatException e) {
            throw place.refused("a whole number is expected");
        }
    }
}
