package org.jangbu.web.client;

import java.util.Optional;
import org.jangbu.msp.identity.SigningIdentity;

/** The identities whose keys the server keeps, by the name under which their owner signs in. */
@FunctionalInterface
public interface ManagedIdentities {
    /** The identity of an authenticated caller, if the server keeps one for it. */
    Optional<SigningIdentity> signer(String caller);
}
