package org.jangbu.chaincode.java;

import java.util.function.Consumer;

/** The guard's flag of one deployment: raised while any of its invocations has to end. */
final class Alarm {
    private final Consumer<Boolean> flag;
    private int raised;

    Alarm(Consumer<Boolean> flag) {
        this.flag = flag;
    }

    synchronized void raise() {
        if (raised++ == 0) {
            flag.accept(true);
        }
    }

    synchronized void lower() {
        if (--raised == 0) {
            flag.accept(false);
        }
    }
}
