/** A contract that does what contracts must not, so that tests can show what becomes of it. */
@NullMarked
package org.jangbu.tests.probe;

import org.jspecify.annotations.NullMarked;
