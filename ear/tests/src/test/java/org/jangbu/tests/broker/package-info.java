/** The broker as the configuration script leaves it: who may do what, what is kept, what happens when it is full. */
@NullMarked
package org.jangbu.tests.broker;

import org.jspecify.annotations.NullMarked;
