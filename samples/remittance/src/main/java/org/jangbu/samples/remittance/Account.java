package org.jangbu.samples.remittance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An account and its balance. On the ledger under its name, as JSON with its members always in the same order: all endorsers must write the same
 * bytes.
 *
 * @param name 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit
 */
record Account(String name, Won balance) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}._-]{0,63}");
    private static final Pattern JSON = Pattern.compile("\\{\"account\":\"(" + NAME + ")\",\"balance\":([0-9]{1,19})}");

    /** The name, if it is one: so checked, it needs no escapes in JSON. */
    static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.INVALID_ACCOUNT.because(
                    "An account's name is 1 to 64 letters, digits, dots, hyphens or underscores");
        }
        return name;
    }

    static Account parse(String name, byte[] stored) {
        Matcher matcher = JSON.matcher(new String(stored, UTF_8));
        if (!matcher.matches() || !matcher.group(1).equals(name)) {
            throw new IllegalStateException("The ledger's entry of account " + name + " is no account");
        }
        return new Account(name, Won.parse(matcher.group(2)));
    }

    String json() {
        return "{\"account\":\"" + name + "\",\"balance\":" + balance + "}";
    }

    Account with(Won newBalance) {
        return new Account(name, newBalance);
    }
}
