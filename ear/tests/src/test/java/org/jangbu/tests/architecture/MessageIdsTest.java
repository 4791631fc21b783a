package org.jangbu.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads a number of a message in the log finds one message of it, and no other. */
class MessageIdsTest {
    private static final String LOGGER = "org.jboss.logging.annotations.MessageLogger";
    private static final String MESSAGE = "org.jboss.logging.annotations.Message";
    private static final String RANGE = "org.jboss.logging.annotations.ValidIdRange";

    /** A number as documents name it; not the beginning of a range. */
    private static final Pattern NAMED = Pattern.compile("JANGBU(\\d{4})(?!\\d|\u2013)");

    private record Range(String owner, int min, int max) {}

    @Test
    void each_interface_has_a_range_of_its_own_and_no_two_messages_one_number() {
        List<Range> ranges = new ArrayList<>();
        Map<Integer, String> messages = new HashMap<>();
        for (JavaClass logger : loggers()) {
            Range range = range(logger);
            ranges.add(range);
            for (JavaMethod method : logger.getMethods()) {
                method.tryGetAnnotationOfType(MESSAGE).ifPresent(message -> {
                    int id = number(message, "id");
                    assertThat(id).as(method.getFullName()).isBetween(range.min(), range.max());
                    assertThat(messages.put(id, method.getFullName()))
                            .as("JANGBU%d of %s", id, method.getFullName())
                            .isNull();
                });
            }
        }
        assertThat(messages).isNotEmpty();
        ranges.sort(Comparator.comparing(Range::min));
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).min())
                    .as("%s behind %s", ranges.get(i), ranges.get(i - 1))
                    .isGreaterThan(ranges.get(i - 1).max());
        }
    }

    @Test
    void documents_name_messages_that_there_are() throws IOException {
        TreeSet<Integer> known = new TreeSet<>();
        loggers().stream()
                .flatMap(logger -> logger.getMethods().stream())
                .flatMap(method -> method.tryGetAnnotationOfType(MESSAGE).stream())
                .forEach(message -> known.add(number(message, "id")));
        TreeSet<Integer> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("../../docs"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".md")).toList()) {
                Matcher matcher = NAMED.matcher(Files.readString(file));
                while (matcher.find()) {
                    named.add(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        assertThat(named).isNotEmpty();
        assertThat(known).containsAll(named);
    }

    private static List<JavaClass> loggers() {
        return CompiledModules.classes().stream()
                .filter(each -> each.isAnnotatedWith(LOGGER))
                .toList();
    }

    private static Range range(JavaClass logger) {
        JavaAnnotation<?> range = logger.tryGetAnnotationOfType(RANGE)
                .orElseThrow(() -> new AssertionError(logger.getName() + " has no range of numbers"));
        return new Range(logger.getName(), number(range, "min"), number(range, "max"));
    }

    private static int number(JavaAnnotation<?> annotation, String name) {
        return (Integer) annotation.get(name).orElseThrow();
    }
}
