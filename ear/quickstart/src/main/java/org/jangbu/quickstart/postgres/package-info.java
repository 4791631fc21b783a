/**
 * A real PostgreSQL from Maven artifacts, without an installation: {@link org.jangbu.quickstart.postgres.PostgresServer} makes and runs it. Unlike the test
 * library these binaries are packed for, it is started so that what is committed survives a power failure.
 */
@NullMarked
package org.jangbu.quickstart.postgres;

import org.jspecify.annotations.NullMarked;
