package org.jangbu.chaincode.plugin;

/** A public key of the world state and its value. */
@SuppressWarnings("ArrayRecordComponent") // the SPI is made of JDK types alone, and copies would cost
public record StateEntry(String key, byte[] value) {}
