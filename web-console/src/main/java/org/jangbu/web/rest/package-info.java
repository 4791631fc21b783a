/**
 * The REST face under {@code /api/v1}: resources, the JSON they read and write, and problems (RFC 9457). Callers act as their own managed
 * identity, or sign at home and send Fabric's messages. Nothing here decides anything about a ledger. Entry point: {@link
 * org.jangbu.web.rest.RestApplication}.
 */
@NullMarked
package org.jangbu.web.rest;

import org.jspecify.annotations.NullMarked;
