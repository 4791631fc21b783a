/** How a command runs and ends: its output, its exit code, and the one exception that carries both to the shell. */
@NullMarked
package org.jangbu.cli.run;

import org.jspecify.annotations.NullMarked;
