/** What a key has been: every valid write, newest first. */
@NullMarked
package org.jangbu.ledger.history;

import org.jspecify.annotations.NullMarked;
