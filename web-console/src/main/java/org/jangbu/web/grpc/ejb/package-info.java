/** Starts the gRPC face with the application. Entry point: {@link org.jangbu.web.grpc.ejb.GrpcStartup}. */
@NullMarked
package org.jangbu.web.grpc.ejb;

import org.jspecify.annotations.NullMarked;
