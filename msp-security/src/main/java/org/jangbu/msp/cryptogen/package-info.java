/**
 * Makes the crypto material of a trial network, as Fabric's tool of that name does: authorities, nodes and users of several organisations in
 * one go, all keys in plain files. Entry point: {@link org.jangbu.msp.cryptogen.NetworkMaterial}. A production network uses a CA instead;
 * {@link org.jangbu.msp.cryptogen.AuthorityInit} makes the folder of one.
 */
@NullMarked
package org.jangbu.msp.cryptogen;

import org.jspecify.annotations.NullMarked;
