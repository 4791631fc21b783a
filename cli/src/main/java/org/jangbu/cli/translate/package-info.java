/** What Fabric's {@code configtxlator} does, without a server. */
@NullMarked
package org.jangbu.cli.translate;

import org.jspecify.annotations.NullMarked;
