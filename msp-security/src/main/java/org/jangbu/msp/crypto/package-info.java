/** Signing and verifying: ECDSA with low S, keys, digests and the provider that does the work. */
@NullMarked
package org.jangbu.msp.crypto;

import org.jspecify.annotations.NullMarked;
