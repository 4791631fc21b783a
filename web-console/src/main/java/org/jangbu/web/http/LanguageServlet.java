package org.jangbu.web.http;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /language?to=ko&back=/ledger/…} remembers a language and leads back to the page. */
@WebServlet("/language")
public class LanguageServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Languages.find(request.getParameter("to")).ifPresent(chosen -> Languages.remember(request, response, chosen));
        String back = RequestPath.local(request.getParameter("back")).orElse("/sign-in");
        response.sendRedirect(request.getContextPath() + back);
    }
}
