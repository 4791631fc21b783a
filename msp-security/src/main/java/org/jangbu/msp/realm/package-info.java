/**
 * Managed identities: users whose private keys this server keeps, encrypted, and who sign in with a password. Meant for trials and for
 * service accounts; everybody else signs at home. Entry point: {@link org.jangbu.msp.realm.ManagedIdentities}.
 */
@NullMarked
package org.jangbu.msp.realm;

import org.jspecify.annotations.NullMarked;
