package org.jangbu.msp.ca;

/** An attribute that somebody wants in a certificate; unless it is optional there is no certificate without it. */
public record AttributeRequest(String name, boolean optional) {}
