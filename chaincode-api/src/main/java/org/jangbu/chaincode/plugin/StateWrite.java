package org.jangbu.chaincode.plugin;

/**
 * A value that a transaction writes or deletes.
 *
 * @param collection empty for the public state
 * @param key in a private collection the Base64 of the key's SHA-256
 * @param value in a private collection its SHA-256; empty where the key is deleted
 */
@SuppressWarnings("ArrayRecordComponent") // the SPI is made of JDK types alone, and copies would cost
public record StateWrite(String namespace, String collection, String key, byte[] value, boolean deleted) {}
