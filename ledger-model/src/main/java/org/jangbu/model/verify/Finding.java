package org.jangbu.model.verify;

/**
 * Something in a chain that is not as it must be.
 *
 * @param position of the transaction in its block; -1 where the finding concerns the block
 */
public record Finding(long block, int position, String problem) {
    @Override
    public String toString() {
        return position < 0 ? "block " + block + ": " + problem : "block " + block + " tx " + position + ": " + problem;
    }
}
