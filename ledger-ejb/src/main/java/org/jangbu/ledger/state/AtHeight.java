package org.jangbu.ledger.state;

/**
 * Something read, and the height as of which it was read: how many blocks it reflects.
 *
 * @param height the number of blocks committed
 */
public record AtHeight<T>(long height, T value) {}
