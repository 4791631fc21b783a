/**
 * The network that the tests inside a server share, and what they do to it: {@link org.jangbu.tests.network.NetworkTest} is where such a test begins. Clients
 * speak REST, with keys of the server's or with their own; {@link org.jangbu.tests.network.Forgery} spoils what honest clients make, {@link
 * org.jangbu.tests.network.BrokerDoor} goes past all doors, straight to the broker.
 */
@NullMarked
package org.jangbu.tests.network;

import org.jspecify.annotations.NullMarked;
