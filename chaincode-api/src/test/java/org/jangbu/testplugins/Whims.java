package org.jangbu.testplugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsedTransaction;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.ValidationPlugin;

/** Does what its first argument says. */
public final class Whims implements EndorsementPlugin, ValidationPlugin {
    private static volatile boolean released;

    /** Looked up by name from elsewhere in the jar. */
    public static final class Own {}

    @Override
    public Decision decide(SimulatedProposal proposal) {
        return obey(new String(proposal.arguments().get(0), UTF_8));
    }

    @Override
    public Decision validate(EndorsedTransaction transaction) {
        return obey(new String(transaction.arguments().get(0), UTF_8));
    }

    private static Decision obey(String order) {
        if (order.startsWith("see ")) {
            return seen(order.substring(4)) ? Decision.accept() : Decision.refuse("not seen");
        }
        return switch (order) {
            case "accept" -> Decision.accept();
            case "throw" -> throw new IllegalArgumentException("a whim");
            case "overflow" -> deeper(0) > 0 ? Decision.accept() : Decision.refuse("never");
            case "hang" -> hang();
            case "release" -> {
                released = true;
                yield Decision.accept();
            }
            case "thread" ->
                Thread.currentThread().getContextClassLoader() == Whims.class.getClassLoader()
                        ? Decision.accept()
                        : Decision.refuse("another loader");
            case "resource" -> Decision.refuse(resource());
            default -> Decision.refuse("no");
        };
    }

    /** Takes no notice of being interrupted; in the end it lets go, so that a test leaves no thread behind. */
    private static Decision hang() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!released && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return Decision.accept();
    }

    private static int deeper(int depth) {
        return depth == Integer.MAX_VALUE ? 0 : deeper(depth + 1) + 1;
    }

    private static boolean seen(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String resource() {
        try (InputStream in = Objects.requireNonNull(Whims.class.getResourceAsStream("/words.txt"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
