package org.jangbu.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who signed in to a session, and as what.
 *
 * @param managed whether it was a managed identity, and so has to be one still
 */
record SignedIn(String name, TreeSet<String> groups, boolean managed) implements Serializable {
    private static final long serialVersionUID = 2L;
    private static final String ATTRIBUTE = SignedIn.class.getName();

    SignedIn(String name, Set<String> groups, boolean managed) {
        this(name, new TreeSet<>(groups), managed);
    }

    static @Nullable SignedIn of(@Nullable HttpSession session) {
        return session != null && session.getAttribute(ATTRIBUTE) instanceof SignedIn known ? known : null;
    }

    /** Remembers it in the request's session, whose id changes at this moment. */
    void begin(HttpServletRequest request) {
        HttpSession session = request.getSession(true);
        request.changeSessionId();
        session.setAttribute(ATTRIBUTE, this);
    }

    static void forget(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
    }
}
