/** Who belongs: local and channel MSPs by Fabric's rules. Entry point: {@link org.jangbu.msp.membership.Membership}. */
@NullMarked
package org.jangbu.msp.membership;

import org.jspecify.annotations.NullMarked;
