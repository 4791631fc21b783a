/**
 * What a peer and its plug-ins agree on, in JDK types alone: own logic in the place of ESCC, which signs, and of VSCC, which judges. Entry
 * points: {@link org.jangbu.chaincode.plugin.EndorsementPlugin} and {@link org.jangbu.chaincode.plugin.ValidationPlugin}.
 */
@NullMarked
package org.jangbu.chaincode.plugin;

import org.jspecify.annotations.NullMarked;
