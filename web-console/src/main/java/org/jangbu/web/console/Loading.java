package org.jangbu.web.console;

import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jangbu.web.problem.ProblemException;

/** What a page shows is looked up before it is drawn, so that what is missing becomes an error page with its proper status. */
final class Loading {
    private Loading() {}

    /** Looks up; a problem ends the request with its status. */
    static void orError(Runnable lookUp) {
        try {
            lookUp.run();
        } catch (ProblemException e) {
            FacesContext faces = FacesContext.getCurrentInstance();
            try {
                faces.getExternalContext()
                        .responseSendError(
                                e.problem().code().status(), e.problem().code().text());
                faces.responseComplete();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
