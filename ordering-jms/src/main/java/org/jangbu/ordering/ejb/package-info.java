/** The orderer in the server: its start and its message-driven beans. Entry point: {@link org.jangbu.ordering.ejb.OrderingStartup}. */
@NullMarked
package org.jangbu.ordering.ejb;

import org.jspecify.annotations.NullMarked;
