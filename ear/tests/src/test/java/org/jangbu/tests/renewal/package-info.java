/** Certificates of nodes that are renewed, or replaced by hand, while the network works. */
@NullMarked
package org.jangbu.tests.renewal;

import org.jspecify.annotations.NullMarked;
