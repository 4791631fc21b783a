/** The messages of this module, JANGBU003000 to JANGBU003099. */
@NullMarked
package org.jangbu.ordering.log;

import org.jspecify.annotations.NullMarked;
