/**
 * Fabric's messages as JSON and back, in the form that Fabric's {@code configtxlator} prints: bytes that hold a message are shown as that
 * message wherever their place tells which one it is. Start at {@link org.jangbu.model.json.Protolator}; {@link
 * org.jangbu.model.json.JsonReader} and {@link org.jangbu.model.json.JsonWriter} read and write JSON for everybody below the application
 * server's own.
 */
@NullMarked
package org.jangbu.model.json;

import org.jspecify.annotations.NullMarked;
