/** A contract for the tests of a whole peer, packed by them and run in a class loader of its own. */
@NullMarked
package org.jangbu.peer.host.contract;

import org.jspecify.annotations.NullMarked;
