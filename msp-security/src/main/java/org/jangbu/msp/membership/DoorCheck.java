package org.jangbu.msp.membership;

import java.time.Clock;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;

/**
 * What is asked of a caller at a door (a proposal, an envelope, a query), where the wall clock and the newest revocation lists count at once:
 * valid by the channel's configuration, not expired, on none of the lists this server knows. Never asked in block validation, nor by an
 * orderer once it has let an envelope in: there all must come to the same verdict, whenever and wherever they look.
 */
public final class DoorCheck {
    private final Clock clock;
    private final RevocationSource revocations;

    public DoorCheck(Clock clock, RevocationSource revocations) {
        this.clock = clock;
        this.revocations = revocations;
    }

    /**
     * Tests a caller.
     *
     * @param membership of the channel, or of the node where no channel is concerned
     * @throws IdentityException INVALID, REVOKED or EXPIRED
     */
    public void check(Membership membership, Identity caller) throws IdentityException {
        membership.validate(caller);
        membership.checkNotRevoked(caller, revocations.current());
        Expiry.checkNotExpired(caller, clock.instant());
    }
}
