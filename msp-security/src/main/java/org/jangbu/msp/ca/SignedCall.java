package org.jangbu.msp.ca;

import com.google.protobuf.ByteString;

/**
 * A request as its sender signed it.
 *
 * @param token the {@code Authorization} header: certificate and signature, both in Base64, with a dot between
 * @param uri path and query exactly as sent
 */
public record SignedCall(String token, String method, String uri, ByteString body) {}
