/** The command line as a process of its own, against the server. */
@NullMarked
package org.jangbu.tests.cli;

import org.jspecify.annotations.NullMarked;
