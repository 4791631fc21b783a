/** Certificate authorities, this server's or Fabric's: what {@code fabric-ca-client} does. */
@NullMarked
package org.jangbu.cli.ca;

import org.jspecify.annotations.NullMarked;
