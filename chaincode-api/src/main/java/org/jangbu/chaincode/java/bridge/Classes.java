package org.jangbu.chaincode.java.bridge;

/** Loads classes of the contract by name. */
final class Classes {
    private Classes() {}

    static <T> Class<? extends T> load(String name, Class<T> type) throws ClassNotFoundException {
        Class<?> found = Class.forName(name, true, Classes.class.getClassLoader());
        if (!type.isAssignableFrom(found)) {
            throw new ClassCastException(name + " is no " + type.getName());
        }
        return found.asSubclass(type);
    }
}
