/**
 * How the parts of a node say whether they are well. A part registers a {@link org.jangbu.model.health.HealthProbe} with the server's one
 * {@link org.jangbu.model.health.HealthRegistry}; the faces (management port, application port) ask the registry and know nothing of the parts.
 */
@NullMarked
package org.jangbu.model.health;

import org.jspecify.annotations.NullMarked;
