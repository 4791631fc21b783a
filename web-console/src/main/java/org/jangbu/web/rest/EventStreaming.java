package org.jangbu.web.rest;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jangbu.web.event.servlet.EventStreams;

/** The streams of events on threads of the server. */
@ApplicationScoped
@ManagedExecutorDefinition(name = "java:module/concurrent/events", maxAsync = 8)
@ManagedThreadFactoryDefinition(name = "java:module/concurrent/event-threads")
@SuppressWarnings("NullAway.Init") // the container sets the fields before anybody calls
public class EventStreaming {
    private static final int TICK_MILLIS = 500;

    @Resource(lookup = "java:module/concurrent/events")
    ManagedExecutorService writers;

    @Resource(lookup = "java:module/concurrent/event-threads")
    ManagedThreadFactory threads;

    @Inject
    Limits limits;

    private EventStreams streams;
    private ScheduledThreadPoolExecutor timer;

    @PostConstruct
    void start() {
        streams = new EventStreams(limits.events(), writers, System::nanoTime);
        timer = new ScheduledThreadPoolExecutor(1, threads);
        var unused = timer.scheduleWithFixedDelay(streams::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    EventStreams streams() {
        return streams;
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
        streams.close();
    }
}
