/** Chaincodes: packages, definitions that organisations agree on, and calls. */
@NullMarked
package org.jangbu.cli.chaincode;

import org.jspecify.annotations.NullMarked;
