/**
 * What a ledger tells as it grows: that a transaction has been committed ({@link org.jangbu.peer.event.CommitNotifier}), its blocks ({@link
 * org.jangbu.peer.event.DeliverDoor}), the events of its contracts ({@link org.jangbu.peer.event.ChaincodeEventCursor}).
 */
@NullMarked
package org.jangbu.peer.event;

import org.jspecify.annotations.NullMarked;
