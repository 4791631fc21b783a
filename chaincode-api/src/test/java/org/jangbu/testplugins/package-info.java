/** Plug-ins for tests; each is packed into a jar and run from there. */
@NullMarked
package org.jangbu.testplugins;

import org.jspecify.annotations.NullMarked;
