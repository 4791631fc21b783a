/** One door for clients: evaluate, endorse, submit, commit status. Entry point: {@link org.jangbu.peer.gateway.Gateway}. */
@NullMarked
package org.jangbu.peer.gateway;

import org.jspecify.annotations.NullMarked;
