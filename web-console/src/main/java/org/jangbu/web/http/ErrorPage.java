package org.jangbu.web.http;

import java.util.Locale;
import java.util.ResourceBundle;

/** The HTML of an error page: the console's look, three lines of text and a way back. */
final class ErrorPage {
    private ErrorPage() {}

    /** The page; everything in it comes from the texts and from ourselves. */
    static String html(String root, Locale language, ResourceBundle texts, String kind, int status, String reference) {
        String title = texts.getString("error." + kind + ".title");
        String note = reference.isEmpty()
                ? ""
                : "<p class=\"quiet\">" + texts.getString("error.reference") + " <code>" + reference + "</code></p>";
        return """
                <!DOCTYPE html>
                <html lang="%1$s">
                <head>
                <meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%2$s · Jangbu</title>
                <link rel="stylesheet" href="%3$s/jakarta.faces.resource/console.css.xhtml?ln=jangbu">
                </head>
                <body>
                <header class="bar"><a class="brand" href="%3$s/ledger/channels">
                <img class="seal" src="%3$s/jakarta.faces.resource/seal.svg.xhtml?ln=jangbu" alt="" width="44" height="26"><span>Jangbu</span>
                </a></header>
                <main><section class="card alone"><p class="status">%4$d</p><h1>%2$s</h1><p>%5$s</p>%6$s
                <p><a class="button" href="%3$s/ledger/channels">%7$s</a></p></section></main>
                </body>
                </html>
                """.formatted(
                        language.toLanguageTag(),
                        title,
                        root,
                        status,
                        texts.getString("error." + kind + ".text"),
                        note,
                        texts.getString("error.back"));
    }
}
