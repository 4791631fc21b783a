package org.jangbu.samples.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The balance in an account as the remittance contract writes it: {@code {"account":"A","balance":1000}}. */
final class Balance {
    private static final Pattern ACCOUNT = Pattern.compile("\\{\"account\":\"[^\"]{1,64}\",\"balance\":([0-9]{1,18})}");

    private Balance() {}

    /** In won; empty if the value is no account, or holds more than 18 digits. */
    static OptionalLong in(byte[] value) {
        Matcher matcher = ACCOUNT.matcher(new String(value, UTF_8));
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
