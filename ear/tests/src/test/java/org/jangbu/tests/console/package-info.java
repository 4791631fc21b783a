/** The console as a visitor sees it, in Chromium. Entry point: {@link org.jangbu.tests.console.Chromium}. */
@NullMarked
package org.jangbu.tests.console;

import org.jspecify.annotations.NullMarked;
