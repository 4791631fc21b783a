/** What a call of a contract costs, in this process and as a service; entry point: {@link org.jangbu.benchmarks.contracts.ContractsCommand}. */
@NullMarked
package org.jangbu.benchmarks.contracts;

import org.jspecify.annotations.NullMarked;
