/** How callers prove who they are, over real TLS and against the whole server. */
@NullMarked
package org.jangbu.tests.security;

import org.jspecify.annotations.NullMarked;
