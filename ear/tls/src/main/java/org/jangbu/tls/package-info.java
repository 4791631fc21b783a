/**
 * A module of the server, below the application: TLS takes whatever client certificate it is shown, after the client has proved to hold its
 * key, and leaves it to the application who that is. Entry point: {@link org.jangbu.tls.ClientCertificateProvider}.
 */
@NullMarked
package org.jangbu.tls;

import org.jspecify.annotations.NullMarked;
