/** What msp-security writes to the server's log: numbered messages, 1000 to 1999, and the audit trail of managed keys. */
@NullMarked
package org.jangbu.msp.log;

import org.jspecify.annotations.NullMarked;
