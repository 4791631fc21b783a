/** Keys and certificates of a network, and messages that only some can read; without a server. */
@NullMarked
package org.jangbu.cli.crypto;

import org.jspecify.annotations.NullMarked;
