@NullMarked
package org.jangbu.cli.server;

import org.jspecify.annotations.NullMarked;
