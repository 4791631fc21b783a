/** Who must have signed: Fabric's policy language, signature and implicit-meta policies and their greedy evaluation. */
@NullMarked
package org.jangbu.msp.policy;

import org.jspecify.annotations.NullMarked;
