/** Tells whoever waits that a transaction has been committed. Entry point: {@link org.jangbu.peer.event.CommitNotifier}. */
@NullMarked
package org.jangbu.peer.event;

import org.jspecify.annotations.NullMarked;
