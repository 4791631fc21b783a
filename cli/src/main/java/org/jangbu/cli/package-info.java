/**
 * The command line: what an organisation's people do on a ledger, with the names and flags of Fabric's own tools where those have them. It
 * speaks REST, and signs with the caller's own key or has the server sign for a managed identity. Start at {@link org.jangbu.cli.Jangbu}.
 */
@NullMarked
package org.jangbu.cli;

import org.jspecify.annotations.NullMarked;
