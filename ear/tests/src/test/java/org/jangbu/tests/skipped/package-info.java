/** Tells at the end of a run which tests this machine could not run: {@link org.jangbu.tests.skipped.SkippedTests}. */
@NullMarked
package org.jangbu.tests.skipped;

import org.jspecify.annotations.NullMarked;
