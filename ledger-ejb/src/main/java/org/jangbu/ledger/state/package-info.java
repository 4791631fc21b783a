/** The world state: the newest value of each key, with the version that wrote it. Entry point: {@link org.jangbu.ledger.state.WorldState}. */
@NullMarked
package org.jangbu.ledger.state;

import org.jspecify.annotations.NullMarked;
