/**
 * The words all other modules use: checked ids, Fabric's messages in parsed form, and the hashes of the ledger.
 *
 * <p>Every structure that is hashed, signed, sent or stored is the Fabric protobuf message of that name; what stands here wraps those
 * messages and never re-serialises bytes that somebody signed or hashed. Start at {@link org.jangbu.model.ParsedBlock} and {@link
 * org.jangbu.model.ParsedEnvelope}.
 */
@NullMarked
package org.jangbu.model;

import org.jspecify.annotations.NullMarked;
