/**
 * Child processes that the quick start owns: {@link org.jangbu.quickstart.process.ChildProcess} starts them in a session of their own, so that Ctrl-C reaches
 * only the launcher, and remembers them, so that the next launcher finds what a killed one left behind.
 */
@NullMarked
package org.jangbu.quickstart.process;

import org.jspecify.annotations.NullMarked;
