/** What web-console writes to the server's log: numbered messages, 4000 to 4099. Entry point: {@link org.jangbu.web.log.WebLog}. */
@NullMarked
package org.jangbu.web.log;

import org.jspecify.annotations.NullMarked;
