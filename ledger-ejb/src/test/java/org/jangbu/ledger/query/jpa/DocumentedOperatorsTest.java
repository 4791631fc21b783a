package org.jangbu.ledger.query.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Matching;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each operator as CouchDB's documentation ("/db/_find", selector syntax) describes it, on a small library of films, by the database and by
 * {@link Matching}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedOperatorsTest {
    private static final Map<String, String> FILMS = new LinkedHashMap<>();

    static {
        FILMS.put("alien", """
                {"title":"Alien","director":"Scott","year":1979,"genre":["Horror","SF"],"rating":8.5,"imdb":{"rating":8.5,"votes":900},
                 "cast":[{"name":"Weaver","age":30},{"name":"Hurt","age":39}],"labels":{"en":"Alien","fr":"Alien"}}""");
        FILMS.put("blade", """
                {"title":"Blade Runner","director":"Scott","year":1982,"genre":["SF"],"rating":8.1,"imdb":{"rating":8.1},
                 "cast":[{"name":"Ford","age":40}],"sequel":null,"labels":{"de":"Der Blade Runner"}}""");
        FILMS.put("metropolis", """
                {"title":"Metropolis","director":"Lang","year":1927,"genre":[],"rating":"high","silent":true,"imdb":{"votes":7},
                 "cast":[],"a.b":{"c":1}}""");
        FILMS.put("solaris", """
                {"title":"solaris","director":"Tarkowski","year":1972.0,"genre":"SF","silent":false,"imdb":17,
                 "matrix":[[1,2],[3]],"cast":[5,"x",{"name":"Banionis","age":48}]}""");
        FILMS.put("stalker", """
                {"director":"Tarkowski","year":1979.5,"genre":["SF","Drama","SF"],"imdb":{"rating":"unknown","votes":null}}""");
    }

    private TestDocuments documents;

    @BeforeAll
    void keep_the_films() {
        documents = new TestDocuments();
        documents.put(FILMS);
        documents.put("other", Map.of("alien", FILMS.get("alien")));
        documents.put(Map.of("text", "Alien", "number", "17", "array", "[{\"year\":1979}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            # everything, and implicit equality
            {}                                                     | alien blade metropolis solaris stalker
            {"director":"Lang"}                                    | metropolis
            {"director":"Scott","year":1982}                       | blade
            {"year":1972}                                          | solaris
            {"silent":true}                                        | metropolis
            {"sequel":null}                                        | blade
            {"genre":["SF"]}                                       | blade
            {"genre":[]}                                           | metropolis
            {"imdb":{"rating":8.1}}                                | blade
            {"imdb":{"rating":8.5}}                                | alien
            # nested fields, dots, escaped dots, elements of arrays
            {"imdb.rating":8.5}                                    | alien
            {"imdb":{"rating":{"$gt":8},"votes":{"$exists":true}}} | alien stalker
            {"a\\\\.b.c":1}                                        | metropolis
            {"a.b.c":1}                                            |
            {"cast.0.name":"Weaver"}                               | alien
            {"cast.2.age":{"$gt":40}}                              | solaris
            {"cast.-1.name":"Hurt"}                                |
            {"matrix.0.1":2}                                       | solaris
            # comparison across types: null, false, true, numbers, strings, arrays, objects
            {"year":{"$lt":1972}}                                  | metropolis
            {"year":{"$lte":1972}}                                 | metropolis solaris
            {"year":{"$gte":1979.5}}                               | blade stalker
            {"year":{"$gt":1979}}                                  | blade stalker
            {"year":{"$gt":1979,"$lt":1982}}                       | stalker
            {"rating":{"$gt":8.1}}                                 | alien metropolis
            {"rating":{"$lt":"a"}}                                 | alien blade
            {"rating":{"$gte":"high"}}                             | metropolis
            {"sequel":{"$lt":false}}                               | blade
            {"silent":{"$lt":true}}                                | solaris
            {"silent":{"$lt":0}}                                   | metropolis solaris
            {"genre":{"$gt":"zzz"}}                                | alien blade metropolis stalker
            {"genre":{"$lt":[]}}                                   | solaris
            {"genre":{"$lt":["SF"]}}                               | alien metropolis solaris
            {"genre":{"$gt":["SF"]}}                               | stalker
            {"imdb":{"$gt":[]}}                                    | alien blade metropolis stalker
            {"year":{"$eq":1979}}                                  | alien
            {"director":{"$ne":"Scott"}}                           | metropolis solaris stalker
            {"title":{"$ne":"Alien"}}                              | blade metropolis solaris
            {"matrix":{"$eq":[[1,2],[3]]}}                         | solaris
            # in, nin: values, and elements of arrays
            {"director":{"$in":["Lang","Tarkowski",3]}}            | metropolis solaris stalker
            {"genre":{"$in":["SF"]}}                               | alien blade solaris stalker
            {"genre":{"$in":[["SF"]]}}                             |
            {"genre":{"$in":[]}}                                   |
            {"genre":{"$nin":["SF"]}}                              | metropolis
            {"title":{"$nin":["Alien"]}}                           | blade metropolis solaris
            {"title":{"$nin":[]}}                                  | alien blade metropolis solaris
            {"sequel":{"$in":[null]}}                              | blade
            # exists
            {"title":{"$exists":true}}                             | alien blade metropolis solaris
            {"title":{"$exists":false}}                            | stalker
            {"sequel":{"$exists":true}}                            | blade
            {"imdb.votes":{"$exists":false}}                       | blade
            {"cast.0.age":{"$exists":false}}                       | stalker
            # type
            {"rating":{"$type":"number"}}                          | alien blade
            {"rating":{"$type":"string"}}                          | metropolis
            {"silent":{"$type":"boolean"}}                         | metropolis solaris
            {"sequel":{"$type":"null"}}                            | blade
            {"genre":{"$type":"array"}}                            | alien blade metropolis stalker
            {"imdb":{"$type":"object"}}                            | alien blade metropolis stalker
            # size, all, elemMatch, allMatch, keyMapMatch
            {"genre":{"$size":0}}                                  | metropolis
            {"genre":{"$size":2}}                                  | alien
            {"genre":{"$all":["SF","Drama"]}}                      | stalker
            {"genre":{"$all":["SF"]}}                              | alien blade stalker
            {"genre":{"$all":[]}}                                  |
            {"matrix":{"$all":[[[1,2],[3]]]}}                      | solaris
            {"genre":{"$elemMatch":{"$eq":"Horror"}}}              | alien
            {"cast":{"$elemMatch":{"name":"Hurt","age":{"$gt":30}}}} | alien
            {"cast":{"$elemMatch":{"name":"Weaver","age":{"$gt":30}}}} |
            {"cast":{"$elemMatch":{"$gt":4,"$lt":6}}}              | solaris
            {"cast":{"$allMatch":{"age":{"$gte":30}}}}             | alien blade
            {"genre":{"$allMatch":{"$regex":"^S"}}}                | blade
            {"matrix":{"$elemMatch":{"$elemMatch":{"$eq":3}}}}     | solaris
            {"labels":{"$keyMapMatch":{"$eq":"de"}}}               | blade
            {"labels":{"$keyMapMatch":{"$in":["fr","it"]}}}        | alien
            # mod, regex, beginsWith
            {"year":{"$mod":[4,3]}}                                | alien metropolis
            {"year":{"$mod":[4,0]}}                                | solaris
            {"title":{"$regex":"^[A-M]"}}                          | alien blade metropolis
            {"title":{"$regex":"(?i)SOLAR"}}                       | solaris
            {"year":{"$regex":"1979"}}                             |
            {"title":{"$beginsWith":"Bl"}}                         | blade
            {"title":{"$beginsWith":""}}                           | alien blade metropolis solaris
            {"genre":{"$beginsWith":"S"}}                          | solaris
            # combinations
            {"$and":[{"director":"Scott"},{"year":{"$lt":1980}}]}  | alien
            {"$and":[]}                                            | alien blade metropolis solaris stalker
            {"$or":[{"director":"Lang"},{"year":1982}]}            | blade metropolis
            {"$or":[]}                                             | alien blade metropolis solaris stalker
            {"$not":{"director":"Scott"}}                          | metropolis solaris stalker
            {"$not":{"title":"Alien"}}                             | blade metropolis solaris
            {"$not":{"title":{"$regex":"^A"}}}                     | blade metropolis solaris
            {"$nor":[{"director":"Scott"},{"year":1927}]}          | solaris stalker
            {"year":{"$not":{"$gt":1979}}}                         | alien metropolis solaris
            {"year":{"$or":[{"$lt":1930},{"$gt":1980}]}}           | blade metropolis
            {"$not":{"$and":[{"director":"Scott"},{"year":1982}]}} | alien metropolis solaris stalker
            {"genre":{"$not":{"$size":2}}}                         | blade metropolis solaris stalker
            {"$not":{"title":{"$exists":true}}}                    | stalker
            {"cast":{"$elemMatch":{"$not":{"age":{"$gt":0}}}}}     | solaris
            # the key
            {"_id":{"$gt":null}}                                   | alien blade metropolis solaris stalker
            {"_id":"blade"}                                        | blade
            {"_id":{"$gte":"m","$lt":"st"}}                        | metropolis solaris
            {"_id":{"$in":["alien","stalker",1]}}                  | alien stalker
            {"_id":{"$nin":["alien","stalker",1]}}                 | blade metropolis solaris
            {"_id":{"$regex":"l.d"}}                               | blade
            {"_id":{"$beginsWith":"s"}}                            | solaris stalker
            {"_id":{"$not":{"$beginsWith":"s"}}}                   | alien blade metropolis
            {"_id":{"$lt":[]}}                                     | alien blade metropolis solaris stalker
            {"_id":{"$exists":false}}                              |
            {"_id.x":{"$exists":false}}                            |
            """)
    void selects_as_documented(String selector, String keys) throws Exception {
        List<String> expected = keys == null ? List.of() : List.of(keys.trim().split(" "));
        String text = "{\"selector\":" + selector.trim() + "}";
        MangoQuery query = MangoQuery.parse(text);
        assertThat(documents.keys(text)).as("by the database").isEqualTo(expected);
        assertThat(documents.keys(text, 2, indexed(query)))
                .as("as for an index")
                .isEqualTo(expected);
        assertThat(FILMS.entrySet().stream()
                        .filter(film -> Matching.matches(query.selector(), film.getKey(), object(film.getValue())))
                        .map(Map.Entry::getKey))
                .as("without the database")
                .isEqualTo(expected);
    }

    private static Set<FieldPath> indexed(MangoQuery query) {
        return RandomQueries.fields(query.selector());
    }

    static JsonObject object(String json) {
        try {
            return (JsonObject) JsonReader.read(json, JsonLimits.USUAL);
        } catch (JsonSyntaxException e) {
            throw new AssertionError(json, e);
        }
    }
}
