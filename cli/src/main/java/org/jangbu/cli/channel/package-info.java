/** Channels: the first block, joining, blocks to look at, and changes of the configuration. */
@NullMarked
package org.jangbu.cli.channel;

import org.jspecify.annotations.NullMarked;
