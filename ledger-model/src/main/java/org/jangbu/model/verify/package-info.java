/**
 * Checks a chain of blocks against itself: hashes, ids, signatures, versions and commit hashes, as anybody can who holds the block file. It
 * shares no code with validation beyond parsing, so that each is a check of the other. Entry point: {@link
 * org.jangbu.model.verify.ChainVerifier}.
 */
@NullMarked
package org.jangbu.model.verify;

import org.jspecify.annotations.NullMarked;
