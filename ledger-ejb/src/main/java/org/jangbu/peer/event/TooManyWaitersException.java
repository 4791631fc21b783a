package org.jangbu.peer.event;

/** So many callers wait for commits already that another one is refused. */
public final class TooManyWaitersException extends Exception {
    public TooManyWaitersException(int most) {
        super(most + " callers wait for commits already");
    }
}
