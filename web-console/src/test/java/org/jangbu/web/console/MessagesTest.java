package org.jangbu.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.web.http.Languages;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final ResourceBundle english = Languages.texts(Locale.ENGLISH);
    private final ResourceBundle korean = Languages.texts(Locale.KOREAN);

    @Test
    void each_text_there_is_in_english_there_is_in_korean() {
        assertThat(korean.keySet()).isEqualTo(english.keySet());
        assertThat(english.keySet().stream().filter(key -> !key.startsWith("language.")))
                .filteredOn(key -> !key.equals("tx.base64"))
                .allSatisfy(key ->
                        assertThat(korean.getString(key)).as(key).isNotBlank().isNotEqualTo(english.getString(key)));
    }

    @Test
    void each_validation_code_has_its_words() {
        assertThat(Arrays.stream(TxValidationCode.values())
                        .filter(code -> code != TxValidationCode.UNRECOGNIZED)
                        .map(code -> "code." + code.name()))
                .allMatch(english::containsKey);
    }

    @Test
    void english_stays_english_on_a_server_that_speaks_korean() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.KOREAN);
            ResourceBundle.clearCache();
            assertThat(Languages.texts(Locale.ENGLISH).getString("signIn.title"))
                    .isEqualTo("Sign in");
            assertThat(ResourceBundle.getBundle(Languages.BUNDLE, Locale.ENGLISH)
                            .getString("signIn.title"))
                    .isEqualTo("Sign in");
        } finally {
            Locale.setDefault(before);
            ResourceBundle.clearCache();
        }
    }
}
