package org.jangbu.web.ca;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jangbu.msp.ca.jdbc.PublishedLists;
import org.jangbu.msp.membership.LocalRevocations;
import org.jspecify.annotations.Nullable;

/**
 * Has what any authority of this server's database revokes count at this server's doors: at once where it is revoked here, within seconds
 * where another server hosts the authority.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container sets the resources before it opens the watch
public class RevocationWatch {
    private static final int PERIOD_SECONDS = 2;

    /** The server's default data source, whatever it is called there. */
    @Resource(lookup = "java:comp/DefaultDataSource")
    DataSource database;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    ManagedThreadFactory threads;

    @Inject
    LocalRevocations doors;

    private RevocationsOfAuthorities revocations;
    private ScheduledThreadPoolExecutor timer;
    private @Nullable Future<?> looking;

    @PostConstruct
    void open() {
        revocations = new RevocationsOfAuthorities(new PublishedLists(database)::changed);
        doors.add(revocations);
        // Not the server's own scheduler: it ends what repeats as soon as the server is suspended
        // (docs/decisions/0066).
        timer = new ScheduledThreadPoolExecutor(1, threads);
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        looking = timer.scheduleWithFixedDelay(revocations::refresh, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    /** What has been revoked until now counts when this returns, unless the database is away. */
    void look() {
        revocations.refresh();
    }

    @PreDestroy
    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
        timer.shutdown();
    }
}
