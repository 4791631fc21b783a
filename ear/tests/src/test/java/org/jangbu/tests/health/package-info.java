/** What the server says of its health, and when it changes its mind. */
@NullMarked
package org.jangbu.tests.health;

import org.jspecify.annotations.NullMarked;
