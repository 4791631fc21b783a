/** The gRPC face as Fabric's own clients use it, and as strangers misuse it. */
@NullMarked
package org.jangbu.tests.grpc;

import org.jspecify.annotations.NullMarked;
