/**
 * What the quick start finds on this machine and leaves on it: programs, ports, files of its own, what the build made, and child processes.
 * {@link org.jangbu.quickstart.machine.ChildProcess} starts those in a session of their own, so that Ctrl-C reaches only the launcher, and remembers them, so
 * that the next launcher finds what a killed one left behind.
 */
@NullMarked
package org.jangbu.quickstart.machine;

import org.jspecify.annotations.NullMarked;
