/** A contract where those of Fabric's samples are. */
@NullMarked
package org.hyperledger.fabric.samples;

import org.jspecify.annotations.NullMarked;
