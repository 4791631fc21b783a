package org.jangbu.benchmarks.signatures;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jangbu.msp.crypto.CryptoProvider;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures each provider that is here, one thread, each in a virtual machine of its own. */
@Command(
        name = "signatures",
        description = "Signatures made and verified per second and thread, by each provider of ECDSA.",
        mixinStandardHelpOptions = true)
public final class SignaturesCommand implements Callable<Integer> {
    private static final String[] PROVIDERS = {"corretto", "bouncycastle", "jdk"};

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description = "Length of a measurement; two warm-ups go before (${DEFAULT-VALUE}).")
    int seconds;

    @Option(names = "--measurements", defaultValue = "3", description = "How many (${DEFAULT-VALUE}).")
    int measurements;

    @Option(
            names = "--at-least",
            defaultValue = "0",
            description =
                    "Fail unless the default provider verifies P-256 at least this many times as fast as Java's own (${DEFAULT-VALUE}).")
    double atLeast;

    @Override
    public Integer call() throws RunnerException {
        String[] present = java.util.Arrays.stream(PROVIDERS)
                .filter(name -> CryptoProvider.named(name).isPresent())
                .toArray(String[]::new);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(EcdsaBenchmark.class.getName())
                .param("provider", present)
                .forks(1)
                .threads(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(measurements)
                .measurementTime(TimeValue.seconds(seconds))
                .shouldFailOnError(true);
        Map<String, Double> rates = rates(new Runner(options.build()).run());
        rates.forEach((name, rate) -> System.out.printf(Locale.ROOT, "%-32s %,12.0f per second%n", name, rate));
        double ratio = rate(rates, "verify P256 " + present[0]) / rate(rates, "verify P256 jdk");
        System.out.printf(Locale.ROOT, "%s verifies P-256 %.1f times as fast as Java's own%n", present[0], ratio);
        return ratio < atLeast ? 1 : 0;
    }

    private static Map<String, Double> rates(Collection<RunResult> results) {
        Map<String, Double> rates = new TreeMap<>();
        for (RunResult result : results) {
            String method = result.getPrimaryResult().getLabel();
            rates.put(
                    method + " " + result.getParams().getParam("curve") + " "
                            + result.getParams().getParam("provider"),
                    result.getPrimaryResult().getScore());
        }
        return rates;
    }

    private static double rate(Map<String, Double> rates, String name) {
        Double rate = rates.get(name);
        if (rate == null) {
            throw new IllegalStateException("nothing was measured of " + name);
        }
        return rate;
    }
}
