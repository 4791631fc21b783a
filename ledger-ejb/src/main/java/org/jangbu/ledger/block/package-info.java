/** Blocks in append-only files of Fabric's format, and where blocks come from. Entry points: {@link
 * org.jangbu.ledger.block.BlockFiles} and {@link org.jangbu.ledger.block.BlockSource}. */
@NullMarked
package org.jangbu.ledger.block;

import org.jspecify.annotations.NullMarked;
