/** One command runs a network; starts at {@link org.jangbu.quickstart.QuickStart}. */
@NullMarked
package org.jangbu.quickstart;

import org.jspecify.annotations.NullMarked;
