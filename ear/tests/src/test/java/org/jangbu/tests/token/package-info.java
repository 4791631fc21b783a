/** Keys that never leave a PKCS#11 token: {@link org.jangbu.tests.token.SoftHsmTest} signs with SoftHSM, where it is installed. */
@NullMarked
package org.jangbu.tests.token;

import org.jspecify.annotations.NullMarked;
