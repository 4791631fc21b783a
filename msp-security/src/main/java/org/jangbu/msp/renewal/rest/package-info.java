/** Fabric CA's REST interface, as a client: {@link org.jangbu.msp.renewal.rest.FabricCaClient} asks any such authority, this server's own or Fabric's. */
@NullMarked
package org.jangbu.msp.renewal.rest;

import org.jspecify.annotations.NullMarked;
