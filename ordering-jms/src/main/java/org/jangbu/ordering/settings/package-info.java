/** What an operator can set in this module, and what this module counts. */
@NullMarked
package org.jangbu.ordering.settings;

import org.jspecify.annotations.NullMarked;
