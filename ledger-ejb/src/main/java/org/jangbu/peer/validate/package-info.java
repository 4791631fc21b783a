/** From a block to verdicts: endorsement policies, duplicates, read conflicts and phantoms, by Fabric's codes and in Fabric's order. */
@NullMarked
package org.jangbu.peer.validate;

import org.jspecify.annotations.NullMarked;
