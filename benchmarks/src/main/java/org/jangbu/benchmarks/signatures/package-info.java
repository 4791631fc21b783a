/**
 * How many signatures a thread makes and verifies with each provider of ECDSA, by JMH. Entry point:
 * {@link org.jangbu.benchmarks.signatures.SignaturesCommand}.
 */
@NullMarked
package org.jangbu.benchmarks.signatures;

import org.jspecify.annotations.NullMarked;
