@NullMarked
package org.jangbu.cli;

import org.jspecify.annotations.NullMarked;
