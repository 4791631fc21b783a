package org.jangbu.msp.membership;

/** An MSP configuration that cannot stand: a certificate that is no CA, an unknown hash family, no administrator. The message names the MSP. */
public final class MspConfigurationException extends Exception {
    public MspConfigurationException(String message) {
        super(message);
    }

    public MspConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
