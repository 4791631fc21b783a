package org.jangbu.web.rest;

import com.google.protobuf.ByteString;

/** The bytes of one protobuf message that a caller sent, whichever way it was wrapped. */
public record MessageBytes(ByteString bytes) {}
