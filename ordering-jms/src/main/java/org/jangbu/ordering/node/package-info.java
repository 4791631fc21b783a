/** The orderer nodes of a server and the channels they order. Entry point: {@link org.jangbu.ordering.node.HostedOrderers}. */
@NullMarked
package org.jangbu.ordering.node;

import org.jspecify.annotations.NullMarked;
