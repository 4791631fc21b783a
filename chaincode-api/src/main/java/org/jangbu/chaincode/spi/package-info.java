/** What a peer and a contract runtime agree on, in JDK types alone. Entry points: {@link org.jangbu.chaincode.spi.ChaincodeRuntime} for the peer, {@link org.jangbu.chaincode.spi.ChaincodeHost} for the runtime. */
@NullMarked
package org.jangbu.chaincode.spi;

import org.jspecify.annotations.NullMarked;
