/** What the tests of this module share: a real Fabric network's files, and an authority that issues whatever certificate a test needs. */
@NullMarked
package org.jangbu.msp.testing;

import org.jspecify.annotations.NullMarked;
