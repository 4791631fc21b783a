package org.jangbu.msp.renewal;

import java.nio.file.Path;
import org.jangbu.msp.identity.CurrentSigner;

/**
 * A node whose certificates are looked after.
 *
 * @param home its folder, with {@code msp} and {@code tls}
 * @param signer gets the new identity
 */
public record RenewingNode(String name, Path home, CurrentSigner signer) {}
