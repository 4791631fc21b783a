/**
 * The orderer's ledger: its block file, the mark up to which blocks are published, and the reading of them. Entry point: {@link
 * org.jangbu.ordering.deliver.OrdererBlockSource}.
 */
@NullMarked
package org.jangbu.ordering.deliver;

import org.jspecify.annotations.NullMarked;
