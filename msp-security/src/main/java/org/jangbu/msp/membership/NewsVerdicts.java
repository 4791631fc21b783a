package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.jangbu.msp.identity.RecentlyUsed;

/** What some news say of identities, remembered for as long as the news are the same. */
final class NewsVerdicts {
    private final RevocationNews news;
    private final RecentlyUsed<ByteString, Optional<Standing.Refusal>> known;

    NewsVerdicts(RevocationNews news, int remembered) {
        this.news = news;
        this.known = new RecentlyUsed<>(remembered);
    }

    @SuppressWarnings("ReferenceEquality") // news have no other equality: a change makes a new object
    boolean isOf(RevocationNews other) {
        return news == other;
    }

    Optional<Standing.Refusal> of(Member member, FabricMsp msp) {
        ByteString serialized = member.identity().serialized();
        Optional<Standing.Refusal> verdict = known.get(serialized);
        return verdict != null ? verdict : known.put(serialized, msp.refusal(member.identity(), news));
    }
}
