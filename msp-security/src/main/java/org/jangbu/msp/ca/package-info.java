/**
 * A certificate authority that speaks Fabric CA's rules: who may register, enrol and revoke whom, what a certificate holds, what a revocation
 * list lists. Plain Java over a {@link org.jangbu.msp.ca.Registry}; the faces translate. Entry point:
 * {@link org.jangbu.msp.ca.CertificateAuthority}.
 */
@NullMarked
package org.jangbu.msp.ca;

import org.jspecify.annotations.NullMarked;
