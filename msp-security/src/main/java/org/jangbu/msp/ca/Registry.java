package org.jangbu.msp.ca;

/** Where one authority keeps whom it knows and what it has issued. */
public interface Registry {
    /**
     * Does something with the registry, completely or not at all: whatever {@code work} throws, nothing of it remains.
     *
     * @throws RegistryException if the registry cannot be read or written
     */
    <T> T inTransaction(Work<T> work) throws CaException;

    /** What is done in one go. */
    @FunctionalInterface
    interface Work<T> {
        T with(RegistryTables tables) throws CaException;
    }
}
