/** A network over several servers, each started by the script that operators start it with: {@link org.jangbu.tests.spread.TwoServersIT}. */
@NullMarked
package org.jangbu.tests.spread;

import org.jspecify.annotations.NullMarked;
