package org.jangbu.msp.ca;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jangbu.msp.realm.EnrollmentSource;
import org.jangbu.msp.realm.ManagedName;
import org.jangbu.msp.realm.SignInRefusedException;
import org.jangbu.msp.realm.SignInUnavailableException;

/** The authorities of this server as those who know people by id and secret. Their registries are asked each time. */
public final class SignInSource implements EnrollmentSource {
    private static final int UNAVAILABLE = 503;

    private final Supplier<List<CertificateAuthority>> authorities;

    /** @param authorities asked each time; may throw {@link SignInUnavailableException} */
    public SignInSource(Supplier<List<CertificateAuthority>> authorities) {
        this.authorities = authorities;
    }

    @Override
    public List<Registered> find(ManagedName name) {
        List<Registered> found = new ArrayList<>();
        try {
            for (CertificateAuthority authority : authorities.get()) {
                if (authority.mayOpenFaces()
                        && name.mspId().map(authority.mspId()::equals).orElse(true)) {
                    authority.registered(name.id()).ifPresent(known -> found.add(new Entry(authority, known)));
                }
            }
            return found;
        } catch (CaException | RegistryException e) {
            throw unavailable(e);
        }
    }

    private static SignInUnavailableException unavailable(Exception cause) {
        return new SignInUnavailableException("the registry of a certificate authority cannot be asked", cause);
    }

    private record Entry(CertificateAuthority authority, RegisteredIdentity known) implements Registered {
        @Override
        public ManagedName name() {
            return new ManagedName(Optional.of(authority.mspId()), known.id());
        }

        @Override
        public String authorityName() {
            return authority.name().value();
        }

        @Override
        public String refusal() {
            if (known.revoked()) {
                return "it is revoked";
            }
            return known.type().mayBeNode() ? "peers and orderers do not sign in" : "";
        }

        @Override
        public String secretVersion() {
            return known.secret().format();
        }

        @Override
        public boolean isRight(String secret) {
            try {
                return authority.enrollments().isSecretOf(known, secret);
            } catch (CaException e) {
                if (e.status() == UNAVAILABLE) {
                    throw unavailable(e);
                }
                return false;
            } catch (RegistryException e) {
                throw unavailable(e);
            }
        }

        @Override
        public X509Certificate certify(String request, Acceptance acceptance) {
            EnrollmentRequest asked = new EnrollmentRequest(request, "", List.of(), Optional.empty());
            try {
                return authority.enrollments().enroll(known.id(), known.secret(), asked, acceptance::require);
            } catch (CaException e) {
                throw new SignInRefusedException(String.valueOf(e.getMessage()), e);
            } catch (RegistryException e) {
                throw unavailable(e);
            }
        }
    }
}
