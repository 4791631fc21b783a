/**
 * From batches to a chain of blocks, by any number of orderers, each batch exactly once. Entry point: {@link
 * org.jangbu.ordering.sequence.ChannelSequencer}, whose rule {@code docs/concepts/ordering.md} explains.
 */
@NullMarked
package org.jangbu.ordering.sequence;

import org.jspecify.annotations.NullMarked;
