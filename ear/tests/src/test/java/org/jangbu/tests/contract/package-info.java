/** Contracts in processes of their own, called by the server: Fabric's shims as they are published. */
@NullMarked
package org.jangbu.tests.contract;

import org.jspecify.annotations.NullMarked;
