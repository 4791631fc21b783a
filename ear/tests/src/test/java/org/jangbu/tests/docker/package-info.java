/** What the images of docker/ do, shown without a container engine: the start script in a plain folder, and the broker's configuration in a real broker. */
@NullMarked
package org.jangbu.tests.docker;

import org.jspecify.annotations.NullMarked;
