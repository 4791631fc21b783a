package org.jangbu.msp.policy;

import java.util.List;
import org.jangbu.msp.identity.Identity;

/** What a signature policy asks of its signers. */
@FunctionalInterface
interface Rule {
    boolean isSatisfiedBy(List<Identity> signers);
}
