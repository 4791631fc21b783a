/** The orderer's figures in the server's Micrometer registry. */
@NullMarked
package org.jangbu.ordering.settings.micrometer;

import org.jspecify.annotations.NullMarked;
