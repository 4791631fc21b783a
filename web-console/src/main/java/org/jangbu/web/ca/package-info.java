/**
 * Fabric CA's REST interface over the authorities that this server hosts: for Fabric's own clients, by Fabric CA's addresses, tokens, answers
 * and error numbers. Entry point: {@link org.jangbu.web.ca.CaServlet}.
 */
@NullMarked
package org.jangbu.web.ca;

import org.jspecify.annotations.NullMarked;
