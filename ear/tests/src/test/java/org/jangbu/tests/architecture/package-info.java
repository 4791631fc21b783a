/** Keeps the arrows of the architecture: who may know whom. */
@NullMarked
package org.jangbu.tests.architecture;

import org.jspecify.annotations.NullMarked;
