/**
 * Contracts that run as services, in a process of their own and in any language, called over Fabric's chaincode protocol: the peer dials, one stream for
 * each package carries all transactions. Entry point: {@link org.jangbu.chaincode.service.ServiceDeployer}.
 */
@NullMarked
package org.jangbu.chaincode.service;

import org.jspecify.annotations.NullMarked;
