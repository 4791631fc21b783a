/**
 * The server as commands see it: where it is, who is calling, and what it answers. Start at {@link org.jangbu.cli.server.Connection}; a
 * {@link org.jangbu.cli.server.LedgerClient} calls chaincodes, with the caller's own key or with the one that the server keeps for him.
 */
@NullMarked
package org.jangbu.cli.server;

import org.jspecify.annotations.NullMarked;
