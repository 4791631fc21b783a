package org.jangbu.web.console;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.problem.ProblemException;

/** The search field of a channel: a block's number or hash, or a transaction's id. */
@WebServlet("/ledger/find")
public class FindServlet extends HttpServlet {
    @Inject
    Ledgers ledgers;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ChannelId channel = Names.channel(String.valueOf(request.getParameter("channel")));
        String wanted = String.valueOf(request.getParameter("q")).strip();
        String page = found(() -> "block?channel=" + channel + "&number="
                        + ledgers.block(channel, Names.number("number", wanted, 0, Long.MAX_VALUE))
                                .getHeader()
                                .getNumber())
                .or(() -> found(() -> "transaction?channel=" + channel + "&id="
                        + encoded(ledgers.transaction(channel, Names.txId(wanted))
                                .envelope()
                                .txId())))
                .or(() -> found(() -> "block?channel=" + channel + "&number="
                        + ledgers.block(channel, Names.hash(wanted)).getHeader().getNumber()))
                .orElse("channel?name=" + channel + "&missed=true");
        response.sendRedirect(request.getContextPath() + "/ledger/" + page);
    }

    /** What is found; nothing where the text is of another kind or names nothing. */
    private static Optional<String> found(Look look) {
        try {
            return Optional.of(look.address());
        } catch (ProblemException e) {
            // Not this kind of name, or nothing of this name: the next kind is tried, and the page says so in the end.
            return Optional.empty();
        }
    }

    private static String encoded(TxId txId) {
        return URLEncoder.encode(txId.value(), StandardCharsets.UTF_8);
    }

    /** One try; throws the problem that says why it found nothing. */
    @FunctionalInterface
    private interface Look {
        String address();
    }
}
