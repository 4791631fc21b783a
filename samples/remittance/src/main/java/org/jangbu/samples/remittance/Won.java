package org.jangbu.samples.remittance;

import java.util.regex.Pattern;

/** An amount of whole won, never negative. */
record Won(long amount) {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");

    Won {
        if (amount < 0) {
            throw new IllegalArgumentException("negative: " + amount);
        }
    }

    /** Reads decimal digits without sign, space or leading zero, up to {@link Long#MAX_VALUE}. */
    static Won parse(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw Refusal.INVALID_AMOUNT.because("An amount is a whole number of won in decimal digits");
        }
        try {
            return new Won(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw Refusal.INVALID_AMOUNT.because("The largest amount is " + Long.MAX_VALUE + " won");
        }
    }

    Won plus(Won other) {
        try {
            return new Won(Math.addExact(amount, other.amount));
        } catch (ArithmeticException e) {
            throw Refusal.BALANCE_OVERFLOW.because("A sum would exceed " + Long.MAX_VALUE + " won");
        }
    }

    Won minus(Won other) {
        if (other.amount > amount) {
            throw Refusal.INSUFFICIENT_BALANCE.because(
                    "The balance of " + amount + " won is less than " + other.amount + " won");
        }
        return new Won(amount - other.amount);
    }

    @Override
    public String toString() {
        return Long.toString(amount);
    }
}
