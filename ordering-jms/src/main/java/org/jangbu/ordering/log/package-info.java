/** The messages of this module. */
@NullMarked
package org.jangbu.ordering.log;

import org.jspecify.annotations.NullMarked;
