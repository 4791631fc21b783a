package org.jangbu.model.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexDefinitionTest {
    @Test
    void a_file_of_fabrics_samples_is_read() throws Exception {
        IndexDefinition read = parse("""
                {"index":{"fields":[{"docType":"desc"},{"owner\\\\.x.0":"desc"}],"partial_filter_selector":{"a":{"$gt":1}}},
                 "ddoc":"indexOwnerDoc", "name":"indexOwner","type":"json"}""");
        assertThat(read.fields())
                .containsExactly(new FieldPath(List.of("docType")), new FieldPath(List.of("owner.x", "0")));
        assertThat(IndexDefinition.fieldsOf(read.text())).isEqualTo(read.fields());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {"index":{"fields":["a"]},"type":"text"}          | type must be json
            {"index":{"fields":["a"]},"other":1}              | no member 'other'
            {"index":{"fields":["a"],"other":1}}              | no member 'other'
            {"index":["a"]}                                   | 'index' must be an object
            {"index":{"fields":"a"}}                          | no array
            {"index":{"fields":[]}}                           | one to 8 fields
            {"index":{"fields":[1]}}                          | a name, or an object
            {"index":{"fields":[{"a":"up"}]}}                 | asc or desc
            {"index":{"fields":["a..b"]}}                     | name is empty
            {"index":{"fields":["a","b","c","d","e","f","g","h","i"]}} | one to 8 fields
            {"index":{"fields":["a"],"partial_filter_selector":{"a":{"$no":1}}}} | no operator
            {"index":{"fields":["a"]},"name":1}               | 'name' must be a string
            {"name":"a"}                                      | must have a member 'index'
            {"index":                                         | cannot be read
            """)
    void a_malformed_file_is_refused_in_words(String file, String words) {
        assertThatThrownBy(() -> parse(file)).isInstanceOf(QueryException.class).hasMessageContaining(words);
    }

    @Test
    void fields_that_the_database_could_not_note_are_refused() {
        assertThatThrownBy(() -> parse("{\"index\":{\"fields\":[\"" + "x".repeat(3_000) + "\"]}}"))
                .hasMessageContaining("at most 2000 bytes");
    }

    private static IndexDefinition parse(String file) throws QueryException {
        return IndexDefinition.parse(file.getBytes(StandardCharsets.UTF_8));
    }
}
