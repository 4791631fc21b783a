package org.jangbu.web.ca;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jangbu.msp.ca.AuthorityFolder;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.HostedAuthorities;
import org.jangbu.msp.ca.RegistryException;
import org.jangbu.msp.ca.SignInSource;
import org.jangbu.msp.ca.jdbc.FlywayMigration;
import org.jangbu.msp.ca.jdbc.JdbcRegistry;
import org.jangbu.msp.log.CaLog;
import org.jangbu.msp.realm.Doorkeeper;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.msp.realm.SignInUnavailableException;
import org.jangbu.msp.settings.MspSetting;
import org.jangbu.web.settings.WebSetting;

/**
 * The authorities of this server, in {@code ca} below {@code jangbu.home}. They are opened when the application starts, or, if the database
 * is away then, when somebody asks for one; a server without authorities never touches their tables.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container sets the data source
public class AuthoritiesHost {
    /** How long a try to open may have failed before the next one. */
    private static final long PAUSE_NANOS = 2_000_000_000L;

    /** The server's default data source, whatever it is called there. */
    @Resource(lookup = "java:comp/DefaultDataSource")
    DataSource database;

    @Inject
    Config config;

    @Inject
    RevocationWatch doors;

    @Inject
    ManagedIdentities identities;

    @Inject
    Doorkeeper door;

    private final ReentrantLock opening = new ReentrantLock();
    private volatile List<AuthorityFolder> folders = List.of();
    private volatile Optional<HostedAuthorities> opened = Optional.empty();
    private long failedAt;
    private boolean failed;

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        folders = find();
        if (!folders.isEmpty()) {
            if (config.getOptionalValue(WebSetting.CA_SIGN_IN.key(), Boolean.class)
                    .orElse(Boolean.valueOf(WebSetting.CA_SIGN_IN.defaultValue()))) {
                identities.askAlso(new SignInSource(this::forSignIn), door);
            }
            tryToOpen();
        }
    }

    private List<AuthorityFolder> find() {
        Optional<Path> home = setting(MspSetting.HOME).map(Path::of);
        if (home.isEmpty() || setting(MspSetting.IDENTITIES_SECRET).isEmpty()) {
            return List.of();
        }
        try {
            return HostedAuthorities.folders(home.get().resolve("ca"));
        } catch (IOException e) {
            CaLog.LOG.notOpened(e);
            return List.of();
        }
    }

    /** Whether this server has authorities, open or not. */
    boolean any() {
        return !folders.isEmpty();
    }

    /** Whether a port (before any offset) is that of an authority; not known, and so not said, while none has been opened. */
    boolean ownPort(int port) {
        return opened.map(authorities -> authorities.ownPort(port)).orElse(false);
    }

    /**
     * The authorities.
     *
     * @throws CaException 503 if they cannot be opened now
     */
    HostedAuthorities authorities() throws CaException {
        if (!any()) {
            return HostedAuthorities.NONE;
        }
        if (opened.isEmpty()) {
            tryToOpen();
        }
        return opened.orElseThrow(() ->
                CaException.of(503, CaError.CONNECTING_DATABASE, "The CA is not available; try again in a while"));
    }

    private List<CertificateAuthority> forSignIn() {
        try {
            return authorities().all();
        } catch (CaException e) {
            throw new SignInUnavailableException("the certificate authorities are not open", e);
        }
    }

    /** Something has been revoked: it counts at the doors from now on. */
    void revoked() {
        doors.look();
    }

    private void tryToOpen() {
        if (!opening.tryLock()) {
            // Somebody else is at it; whoever comes now is told to try again.
            return;
        }
        try {
            if (opened.isEmpty() && !(failed && System.nanoTime() - failedAt < PAUSE_NANOS)) {
                HostedAuthorities authorities = open();
                doors.look();
                opened = Optional.of(authorities);
            }
        } catch (IOException | RegistryException e) {
            failed = true;
            failedAt = System.nanoTime();
            CaLog.LOG.notOpened(e);
        } finally {
            opening.unlock();
        }
    }

    private HostedAuthorities open() throws IOException {
        new FlywayMigration(database).run();
        return HostedAuthorities.open(
                folders,
                setting(MspSetting.IDENTITIES_SECRET).orElseThrow(),
                authority -> JdbcRegistry.open(
                        database, authority.name(), authority.certificate().keyIdentifier()),
                Clock.systemUTC());
    }

    private Optional<String> setting(MspSetting setting) {
        return config.getOptionalValue(setting.key(), String.class).filter(text -> !text.isBlank());
    }
}
