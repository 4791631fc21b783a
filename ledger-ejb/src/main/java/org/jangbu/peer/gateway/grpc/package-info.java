/** Peers of other servers, asked over gRPC. Entry point: {@link org.jangbu.peer.gateway.grpc.GrpcPeerConnections}. */
@NullMarked
package org.jangbu.peer.gateway.grpc;

import org.jspecify.annotations.NullMarked;
