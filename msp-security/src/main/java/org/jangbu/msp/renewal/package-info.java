/**
 * Certificates of nodes that are renewed while the nodes work: when ({@link org.jangbu.msp.renewal.RenewalRule}), from whom
 * ({@link org.jangbu.msp.renewal.NodeAuthorities}), what is checked of the answer, how it is written so that a crash at any moment leaves a
 * node that starts, and how files that somebody else has changed are taken up. Entry point: {@link org.jangbu.msp.renewal.CertificateRenewal}.
 */
@NullMarked
package org.jangbu.msp.renewal;

import org.jspecify.annotations.NullMarked;
