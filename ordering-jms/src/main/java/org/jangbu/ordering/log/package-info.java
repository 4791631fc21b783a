/** The messages of this module, JANGBU3000 to JANGBU3099. */
@NullMarked
package org.jangbu.ordering.log;

import org.jspecify.annotations.NullMarked;
