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
                <html lang="%s">
                <head>
                <meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Jangbu</title>
                <link rel="stylesheet" href="%s/jakarta.faces.resource/console.css.xhtml?ln=jangbu">
                </head>
                <body>
                <main class="alone"><p class="status">%d</p><h1>%s</h1><p>%s</p>%s
                <p><a class="button" href="%s/ledger/channels">%s</a></p></main>
                </body>
                </html>
                """.formatted(
                        language.toLanguageTag(),
                        title,
                        root,
                        status,
                        title,
                        texts.getString("error." + kind + ".text"),
                        note,
                        root,
                        texts.getString("error.back"));
    }
}
