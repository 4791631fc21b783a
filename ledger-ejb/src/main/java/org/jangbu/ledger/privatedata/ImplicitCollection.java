package org.jangbu.ledger.privatedata;

import java.util.Optional;
import org.jangbu.model.MspId;

/** The collection that each organisation of a channel has in every chaincode without any definition: its peers alone hold the values. */
public final class ImplicitCollection {
    private static final String PREFIX = "_implicit_org_";

    private ImplicitCollection() {}

    /** The collection's name. */
    public static String of(MspId organization) {
        return PREFIX + organization;
    }

    /** Whose collection it is; empty if the name is not that of an implicit one. */
    public static Optional<String> organization(String collection) {
        return collection.startsWith(PREFIX) ? Optional.of(collection.substring(PREFIX.length())) : Optional.empty();
    }
}
