package org.jangbu.tests.skipped;

import java.io.PrintStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Names the tests that did not run, with the reason each gave; a test that needs something of the machine says which Debian package brings it. With {@code
 * JANGBU_STRICT_TESTS=true} in the environment such a run fails.
 */
public final class SkippedTests implements LauncherSessionListener {
    private static final TestSource NOWHERE = new TestSource() {};

    private final Queue<String> skipped = new ConcurrentLinkedQueue<>();
    private final PrintStream out;
    private final boolean strict;

    /** As the build's environment wants it; made by JUnit. */
    public SkippedTests() {
        this(System.out, "true".equals(System.getenv("JANGBU_STRICT_TESTS")));
    }

    SkippedTests(PrintStream out, boolean strict) {
        this.out = out;
        this.strict = strict;
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(new Watch());
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (skipped.isEmpty()) {
            return;
        }
        String report = "Tests that could not run on this machine:\n  " + String.join("\n  ", skipped);
        out.println(report);
        if (strict) {
            throw new SkippedTestsException(report);
        }
    }

    private final class Watch implements TestExecutionListener {
        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            skipped.add(name(test) + ": " + reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
                String reason = result.getThrowable()
                        .map(failure -> String.valueOf(failure.getMessage()))
                        .orElse("no reason given");
                skipped.add(name(test) + ": " + reason);
            }
        }
    }

    private static String name(TestIdentifier test) {
        TestSource source = test.getSource().orElse(NOWHERE);
        if (source instanceof MethodSource method) {
            return method.getClassName() + "." + method.getMethodName();
        }
        return source instanceof ClassSource type ? type.getClassName() : test.getDisplayName();
    }

    /** Fails the run. */
    static final class SkippedTestsException extends RuntimeException {
        SkippedTestsException(String message) {
            super(message);
        }
    }
}
