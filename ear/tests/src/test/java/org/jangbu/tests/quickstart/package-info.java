/** The quick start as somebody would use it: a process of its own, stopped, killed and started again. */
@NullMarked
package org.jangbu.tests.quickstart;

import org.jspecify.annotations.NullMarked;
