package org.jangbu.chaincode.plugin;

import java.security.cert.X509Certificate;

/** Somebody whose signature over a transaction's result the peer has found to be good, and whose certificate valid by the channel's MSPs. */
public record Endorser(String mspId, X509Certificate certificate) {}
