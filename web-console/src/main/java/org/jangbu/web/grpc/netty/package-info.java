/** The ports of the gRPC face: Netty, TLS by the node's own certificate. Entry point: {@link org.jangbu.web.grpc.netty.GrpcPort}. */
@NullMarked
package org.jangbu.web.grpc.netty;

import org.jspecify.annotations.NullMarked;
