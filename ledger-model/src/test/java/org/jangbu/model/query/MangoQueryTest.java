package org.jangbu.model.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MangoQueryTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {"selector":{"a":{"$where":1}}}          | there is no operator '$where'
            {"selector":{"a":{"$text":"x"}}}         | there is no operator '$text'
            {"selector":{"$eq":1}}                   | without the name of a field
            {"selector":{"$and":[{}]}}               | without the name of a field
            {"selector":{"$and":[3]}}                | without the name of a field
            {"selector":{"$and":{"a":1}}}            | $and takes an array
            {"selector":{"$not":[{"a":1}]}}          | $not takes an object
            {"selector":{"a":{"$in":1}}}             | $in takes an array
            {"selector":{"a":{"$nin":{}}}}           | $nin takes an array
            {"selector":{"a":{"$all":"x"}}}          | $all takes an array
            {"selector":{"a":{"$exists":1}}}         | $exists takes true or false
            {"selector":{"a":{"$type":"date"}}}      | there is no type 'date'
            {"selector":{"a":{"$size":-1}}}          | $size takes an integer
            {"selector":{"a":{"$size":1.0}}}         | $size takes an integer
            {"selector":{"a":{"$mod":[0,1]}}}        | $mod takes two integers
            {"selector":{"a":{"$mod":[2]}}}          | $mod takes two integers
            {"selector":{"a":{"$mod":[2.5,1]}}}      | $mod takes two integers
            {"selector":{"a":{"$regex":"("}}}        | $regex takes no such regular expression
            {"selector":{"a":{"$regex":"(a)\\\\1"}}} | $regex takes no such regular expression
            {"selector":{"a":{"$regex":"a(?=b)"}}}   | $regex takes no such regular expression
            {"selector":{"a":{"$regex":"((a{30}){30}){2}"}}} | regular expression
            {"selector":{"a":{"$regex":5}}}          | $regex takes a string
            {"selector":{"a":{"$beginsWith":5}}}     | $beginsWith takes a string
            {"selector":{"a":{"$elemMatch":5}}}      | $elemMatch takes an object
            {"selector":{"a":1e309}}                 | too large
            {"selector":{"a":"\\u0000"}}             | U+0000
            {"selector":{"\\u0000":1}}               | U+0000
            {"selector":{"a":{"b":[{"\\u0000":1}]}}} | U+0000
            {"selector":{"a..b":1}}                  | a field's name is empty: 'a..b'
            {"selector":{"":1}}                      | a field's name is empty
            {"selector":{"a":1,"a":2}}               | a member occurs twice
            {"selector":"a"}                         | selector is no object
            {"selector":{},"where":1}                | a query has no member 'where'
            {"selector":{},"partition":"p"}          | a query has no member 'partition'
            {"selector":{},"sort":"a"}               | no array
            {"selector":{},"sort":[{"a":"up"}]}      | asc or desc
            {"selector":{},"sort":[{"a":"asc"},{"b":"desc"}]} | all asc or all desc
            {"selector":{},"sort":[{"a":"asc","b":"asc"}]}    | a name, or an object
            {"selector":{},"sort":["_id.x"]}         | _id has no fields
            {"selector":{},"fields":"a"}             | must be an array
            {"selector":{},"fields":[1]}             | no string
            {"selector":{},"skip":-1}                | skip is no integer
            {"selector":{},"limit":"3"}              | limit is no integer
            {"selector":{},"use_index":["a","b","c"]} | use_index
            {"selector":{},"bookmark":3}             | bookmark
            {"sort":[]}                              | no selector
            []                                       | no JSON object
            {"selector":{                            | cannot be read
            """)
    void what_it_does_not_understand_it_refuses_in_words(String query, String words) {
        assertThatThrownBy(() -> MangoQuery.parse(query))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(words);
    }

    @Test
    void what_asks_for_too_much_is_refused() {
        String many = String.join(",", Collections.nCopies(300, "{\"a\":1}"));
        List.of(
                        "{\"selector\":{\"$or\":[" + many + "]}}",
                        "{\"selector\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(41),
                        "{\"selector\":{\"a\":\"" + "x".repeat(70_000) + "\"}}",
                        "{\"selector\":{\"" + "a.".repeat(40) + "a\":1}}",
                        "{\"selector\":{\"a\":{\"$in\":[" + "1,".repeat(11_000) + "1]}}}",
                        "{\"selector\":{\"a\":{\"$regex\":\"" + "a".repeat(300) + "\"}}}",
                        "{\"selector\":{\"a\":" + "1".repeat(1001) + "}}",
                        "{\"selector\":{},\"sort\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"]}")
                .forEach(query -> assertThatThrownBy(() -> MangoQuery.parse(query))
                        .as(query.substring(0, 40))
                        .isInstanceOf(QueryException.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"selector\":{},\"limit\":10,\"skip\":0,\"use_index\":\"_design/d/i\",\"bookmark\":null}",
                "{\"selector\":{\"a\":1},\"use_index\":[\"_design/indexOwnerDoc\", \"indexOwner\"]}",
                "{\"selector\":{\"_id\":{\"$gt\":\"\\u0000owner\\u0000\"}},\"r\":1,\"conflicts\":false,\"execution_stats\":true}"
            })
    void what_couchdb_takes_besides_is_taken(String query) {
        assertThatCode(() -> MangoQuery.parse(query)).doesNotThrowAnyException();
    }

    @Test
    void fields_leave_what_they_name_written_as_fabric_does() throws Exception {
        String document = "{\"z\":{\"y\":[1,{\"<\":1.50}],\"x\":null},\"a\":\"é\\u0001\",\"b\":{},\"_id\":\"mine\"}";
        assertThat(projected(document, "[\"z.y\",\"a\",\"no\",\"b.c\"]"))
                .isEqualTo("{\"a\":\"é\\u0001\",\"z\":{\"y\":[1,{\"\\u003c\":1.50}]}}");
        assertThat(projected(document, "[\"z.y.1\",\"_id\",\"b\"]"))
                .isEqualTo("{\"b\":{},\"z\":{\"y\":{\"1\":{\"\\u003c\":1.50}}}}");
        assertThat(projected(document, "[\"z\",\"z.x\"]"))
                .isEqualTo("{\"z\":{\"x\":null,\"y\":[1,{\"\\u003c\":1.50}]}}");
        assertThat(projected(document, "[]")).isEqualTo("{}");
    }

    @Test
    void a_bookmark_says_where_a_page_ended_and_nothing_else_is_one() throws Exception {
        Position position = new Position(List.of(new byte[] {1, 2}, new byte[0]), "k\0é");
        Position read = Position.of(position.bookmark(), 2);
        assertThat(read.key()).isEqualTo("k\0é");
        assertThat(read.sortKeys()).usingRecursiveComparison().isEqualTo(position.sortKeys());
        String tooLong = Base64.getUrlEncoder().encodeToString(new byte[100_000]);
        for (String wrong : List.of("x", "nil", "%%", "AQ", "AQL_____", "AQAA_w", tooLong)) {
            assertThatThrownBy(() -> Position.of(wrong, 2)).as(wrong).isInstanceOf(QueryException.class);
        }
        assertThatThrownBy(() -> Position.of(position.bookmark(), 1)).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> new Position(List.of(new byte[60_000]), "k").bookmark())
                .hasMessageContaining("too long for a bookmark");
    }

    private static String projected(String document, String fields) throws Exception {
        MangoQuery query = MangoQuery.parse("{\"selector\":{},\"fields\":" + fields + "}");
        return Document.parse("k", document).projection(query).orElseThrow().toStringUtf8();
    }
}
