package org.jangbu.web.rest;

/** Media types that JAX-RS has no constants for. */
final class Media {
    static final String PROTOBUF = "application/x-protobuf";

    private Media() {}
}
