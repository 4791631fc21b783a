package org.jangbu.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.web.auth.SignInFailure;
import org.jangbu.web.http.RequestPath;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.oidc.OpenIdConnect;
import org.jspecify.annotations.Nullable;

/** Signs a visitor in. */
@Named("signIn")
@RequestScoped
public class SignInPage {
    @Inject
    SecurityContext security;

    @Inject
    ExternalContext external;

    @Inject
    OpenIdConnect openId;

    @Inject
    ManagedIdentities identities;

    @Size(max = 256)
    private String name = "";

    @Size(max = 1024)
    private String password = "";

    private @Nullable String next;
    private @Nullable SignInFailure failure;
    private boolean failed;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    /** Where the visitor wanted to go. */
    public @Nullable String getNext() {
        return next;
    }

    public void setNext(@Nullable String next) {
        this.next = RequestPath.local(next).orElse(null);
    }

    /** Whether name or password were wrong just now. */
    public boolean isRefused() {
        return failure == SignInFailure.WRONG_NAME_OR_PASSWORD;
    }

    /** Whether they were right, and the visitor has no certificate that passes. */
    public boolean isNotAdmitted() {
        return failure == SignInFailure.NOT_ADMITTED;
    }

    /** Whether nobody could tell just now. */
    public boolean isUnavailable() {
        return failure == SignInFailure.UNAVAILABLE;
    }

    /** Whether an enrolment id and secret open the console, too. */
    public boolean isAuthorityOffered() {
        return identities.asksAuthorities();
    }

    /** Whether the issuer of OpenID Connect signed nobody in just now. */
    public boolean isFailed() {
        return failed;
    }

    public void setFailed(boolean failed) {
        this.failed = failed;
    }

    /** Whether visitors may sign in at an issuer of OpenID Connect. */
    public boolean isIssuerOffered() {
        return openId.console().isPresent();
    }

    /** Leads on where the credentials are right, else stays and says so. */
    public void signIn() throws IOException {
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        AuthenticationStatus status = security.authenticate(
                request,
                (HttpServletResponse) external.getResponse(),
                AuthenticationParameters.withParams().credential(new UsernamePasswordCredential(name, password)));
        if (status == AuthenticationStatus.SUCCESS) {
            WebLog.LOG.signedIn(name);
            external.redirect(external.getRequestContextPath() + (next == null ? "/ledger/channels" : next));
        } else {
            failure = SignInFailure.of(request);
            WebLog.LOG.refused("/sign-in");
        }
    }
}
