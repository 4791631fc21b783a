/** From a delivered block to the ledger: verified, validated, committed, in order. Entry point: {@link org.jangbu.peer.deliver.BlockIntake}. */
@NullMarked
package org.jangbu.peer.deliver;

import org.jspecify.annotations.NullMarked;
