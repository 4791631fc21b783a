package org.jangbu.msp.membership;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that this server knows of revocations, from several sources as one. A source may join while doors are open. */
public final class LocalRevocations implements RevocationSource {
    private final List<RevocationSource> sources;
    private volatile Joined joined = new Joined(List.of(), RevocationNews.NONE);

    public LocalRevocations(RevocationSource... sources) {
        this.sources = new CopyOnWriteArrayList<>(sources);
    }

    /** From now on this source counts too. */
    public void add(RevocationSource source) {
        sources.add(source);
    }

    @Override
    public RevocationNews current() {
        List<RevocationNews> parts =
                sources.stream().map(RevocationSource::current).toList();
        Joined known = joined;
        if (!known.isOf(parts)) {
            known = new Joined(parts, RevocationNews.joined(parts));
            joined = known;
        }
        return known.all();
    }

    private record Joined(List<RevocationNews> parts, RevocationNews all) {
        /** News have no equality but identity. */
        boolean isOf(List<RevocationNews> others) {
            return parts.equals(others);
        }
    }
}
