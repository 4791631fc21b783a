package org.jangbu.chaincode.java;

import java.util.function.Consumer;

/** The guard's flag of one deployment: raised while any of its invocations has to end. */
final class Alarm {
    private Consumer<Boolean> flag;
    private int raised;

    Alarm(Consumer<Boolean> flag) {
        this.flag = flag;
    }

    synchronized void raise() {
        if (raised++ == 0) {
            flag.accept(true);
        }
    }

    /** Lets go of the deployment, which has ended. */
    synchronized void detach() {
        flag = on -> {};
    }

    synchronized void lower() {
        if (--raised == 0) {
            flag.accept(false);
        }
    }
}
