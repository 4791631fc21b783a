/**
 * What the application does to the server it runs in: {@link org.jangbu.elytron.cdi.ElytronHttps} has HTTPS take a new certificate. Another
 * server gets another bean of that kind, or none.
 */
@NullMarked
package org.jangbu.elytron.cdi;

import org.jspecify.annotations.NullMarked;
