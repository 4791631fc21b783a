/**
 * The health registry inside the application server: {@link org.jangbu.health.microprofile.HealthRegistryProducer} makes the one bean that all parts register
 * with, and one MicroProfile check per kind tells WildFly what its probes say. WildFly overlooks checks in the modules of an EAR, but not those in its lib folder.
 */
@NullMarked
package org.jangbu.health.microprofile;

import org.jspecify.annotations.NullMarked;
