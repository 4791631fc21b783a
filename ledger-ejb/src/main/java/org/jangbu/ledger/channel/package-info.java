/** A channel's configuration: the tree of Fabric's configtx, its policies, MSPs, orderer settings and access rules. Entry point: {@link org.jangbu.ledger.channel.ChannelConfig}. */
@NullMarked
package org.jangbu.ledger.channel;

import org.jspecify.annotations.NullMarked;
