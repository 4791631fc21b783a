/**
 * Servers for tests: {@link org.jangbu.tests.server.TrialServer} is the whole network, started once for all tests of a run; settings come from the build
 * ({@link org.jangbu.tests.server.TestPorts}).
 */
@NullMarked
package org.jangbu.tests.server;

import org.jspecify.annotations.NullMarked;
