/**
 * A bounded load driver: keeps a number of requests in flight, counts what was committed and what failed, and says what each process spent
 * for it. Entry point: {@link org.jangbu.benchmarks.LoadCommand}.
 */
@NullMarked
package org.jangbu.benchmarks;

import org.jspecify.annotations.NullMarked;
