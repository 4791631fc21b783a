package org.jangbu.ordering.sequence;

/** What an orderer made of a published block that it heard. */
public enum Hearing {
    /** It is in the orderer's own file now, below the mark. */
    TAKEN,
    /** It was there already. */
    KNOWN,
    /** Blocks before it are missing here. */
    GAP,
    /** It is not the continuation of the chain, or not signed as it must be; the file is as before. */
    REFUSED,
    /** Another block of that number is published here already. Somebody must look. */
    FORK
}
