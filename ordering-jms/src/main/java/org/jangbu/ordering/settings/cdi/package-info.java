/** Where the orderer's figures go, found by CDI. */
@NullMarked
package org.jangbu.ordering.settings.cdi;

import org.jspecify.annotations.NullMarked;
