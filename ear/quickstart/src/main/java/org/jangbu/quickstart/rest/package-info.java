/**
 * The demonstration, told through the REST interface like any client's work: {@link org.jangbu.quickstart.rest.TransferDemonstration} pays, and shows what
 * happened at each stage.
 */
@NullMarked
package org.jangbu.quickstart.rest;

import org.jspecify.annotations.NullMarked;
