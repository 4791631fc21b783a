package org.jangbu.peer.endorse;

/** A simulation came to nothing for a reason of this peer's, not by the contract's own answer. */
public final class SimulationException extends Exception {
    private final String text;
    private final int status;

    /** @param status 500, or 503 if trying again may help */
    public SimulationException(int status, String message) {
        super(message);
        this.text = message;
        this.status = status;
    }

    public SimulationException(int status, String message, Throwable cause) {
        super(message, cause);
        this.text = message;
        this.status = status;
    }

    int status() {
        return status;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
