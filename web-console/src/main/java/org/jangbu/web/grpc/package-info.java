/**
 * The face for Fabric's own clients: their gRPC services, over the same core that REST calls. Nobody is signed in here; what counts is who has signed each
 * message. Entry point: {@link org.jangbu.web.grpc.PeerServices}.
 */
@NullMarked
package org.jangbu.web.grpc;

import org.jspecify.annotations.NullMarked;
