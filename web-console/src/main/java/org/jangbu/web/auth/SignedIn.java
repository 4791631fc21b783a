package org.jangbu.web.auth;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who signed in to a session, and as what. */
record SignedIn(String name, TreeSet<String> groups) implements Serializable {
    private static final String ATTRIBUTE = SignedIn.class.getName();

    SignedIn(String name, Set<String> groups) {
        this(name, new TreeSet<>(groups));
    }

    static @Nullable SignedIn of(@Nullable HttpSession session) {
        return session != null && session.getAttribute(ATTRIBUTE) instanceof SignedIn known ? known : null;
    }

    void remember(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }
}
