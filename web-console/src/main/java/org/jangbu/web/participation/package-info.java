/**
 * Fabric's channel participation interface: what {@code osnadmin channel} speaks. Entry point: {@link
 * org.jangbu.web.participation.ParticipationServlet}.
 */
@NullMarked
package org.jangbu.web.participation;

import org.jspecify.annotations.NullMarked;
