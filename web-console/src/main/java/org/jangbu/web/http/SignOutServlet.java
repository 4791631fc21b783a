package org.jangbu.web.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import org.jangbu.web.log.WebLog;

/** Ends the console's session. A POST, so that no picture or link elsewhere can do it. */
@WebServlet("/sign-out")
public class SignOutServlet extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Principal principal = request.getUserPrincipal();
        request.logout();
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        if (principal != null) {
            WebLog.LOG.signedOut(principal.getName());
        }
        response.sendRedirect(request.getContextPath() + "/sign-in");
    }
}
