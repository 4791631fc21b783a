package org.jangbu.tests.crash;

/** The steps of administrators' commands at which a server can be stopped; {@code steps.btm} says where each of them is. */
enum AdministrationStep {
    PACKAGE_UPLOADED,
    PACKAGE_STORED,
    PEER_JOIN_NOTED,
    ORDERER_JOIN_NOTED
}
