package org.jangbu.peer.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import org.jangbu.chaincode.java.Limits;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.peer.deliver.DeliverSettings;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.SimulationLimits;
import org.jangbu.peer.gateway.GatewaySettings;
import org.jangbu.peer.reconcile.ReconcileSettings;
import org.jangbu.peer.reconcile.SetAnswers;
import org.jspecify.annotations.Nullable;

/** The settings of a peer as their users take them. A value that is none is refused when it is read, with its key. */
public record PeerSettings(
        Endorser.Settings endorser,
        int concurrency,
        int queue,
        Limits contracts,
        GatewaySettings gateway,
        int commitWaiters,
        Duration commitPatience,
        long stateCacheBytes,
        DeliverSettings deliver,
        long readyLag,
        Duration pluginTimeout,
        Packages packages,
        ReconcileSettings reconcile) {

    /**
     * What peers take of packages.
     *
     * @param bytes largest one
     * @param uploads most at once
     */
    public record Packages(int bytes, int uploads) {}

    /**
     * Reads all settings.
     *
     * @param lookup the configured value of a key, if there is one
     * @throws IllegalArgumentException if a value is not what its setting asks for
     */
    public static PeerSettings read(Function<String, Optional<String>> lookup) {
        Values values = new Values(lookup);
        int proposalBytes = values.integer(PeerSetting.PROPOSAL_BYTES);
        SimulationLimits limits = new SimulationLimits(
                values.integer(PeerSetting.WRITES),
                values.number(PeerSetting.WRITE_BYTES),
                values.integer(PeerSetting.READS),
                values.integer(PeerSetting.RESULTS),
                values.integer(PeerSetting.CALLS),
                values.integer(PeerSetting.SIMULATION_ATTEMPTS),
                values.integer(PeerSetting.ANSWER_BYTES));
        int concurrency = values.integer(PeerSetting.CONCURRENCY);
        DeliverSettings usual = DeliverSettings.DEFAULT;
        return new PeerSettings(
                new Endorser.Settings(values.duration(PeerSetting.TIME_WINDOW), proposalBytes, limits),
                concurrency,
                values.integer(PeerSetting.QUEUE),
                new Limits(
                        values.duration(PeerSetting.CONTRACT_TIMEOUT),
                        values.number(PeerSetting.CONTRACT_ALLOCATION),
                        values.number(PeerSetting.WRITE_BYTES) + values.number(PeerSetting.ANSWER_BYTES),
                        concurrency),
                new GatewaySettings(
                        values.duration(PeerSetting.ENDORSE_TIMEOUT),
                        values.integer(PeerSetting.ENDORSE_ATTEMPTS),
                        values.duration(PeerSetting.CATCH_UP),
                        proposalBytes),
                values.integer(PeerSetting.COMMIT_WAITERS),
                values.duration(PeerSetting.COMMIT_PATIENCE),
                values.number(PeerSetting.STATE_CACHE),
                new DeliverSettings(
                        values.integer(PeerSetting.PIPELINE_BLOCKS),
                        values.number(PeerSetting.PIPELINE_BYTES),
                        usual.fetchBlocks(),
                        usual.fetchPatience(),
                        usual.gapPatience(),
                        usual.firstRetry(),
                        usual.longestRetry(),
                        values.duration(PeerSetting.HEIGHT_PERIOD)),
                values.number(PeerSetting.READY_LAG),
                values.duration(PeerSetting.PLUGIN_TIMEOUT),
                new Packages(
                        values.atMost(PeerSetting.PACKAGE_BYTES, ChaincodePackage.MAX_BYTES),
                        values.integer(PeerSetting.PACKAGE_UPLOADS)),
                new ReconcileSettings(
                        values.duration(PeerSetting.RECONCILE_INTERVAL),
                        values.duration(PeerSetting.RECONCILE_LONGEST_WAIT),
                        values.atMost(PeerSetting.RECONCILE_BATCH, SetAnswers.MAX_SETS)));
    }

    private record Values(Function<String, Optional<String>> lookup) {
        private String text(PeerSetting setting) {
            return lookup.apply(setting.key()).orElse(setting.defaultValue());
        }

        private int integer(PeerSetting setting) {
            long value = number(setting);
            if (value > Integer.MAX_VALUE) {
                throw refused(setting, null);
            }
            return (int) value;
        }

        private int atMost(PeerSetting setting, int most) {
            int value = integer(setting);
            if (value > most) {
                throw new IllegalArgumentException(
                        setting.key() + " must be at most " + most + ", not '" + text(setting) + "'");
            }
            return value;
        }

        private long number(PeerSetting setting) {
            try {
                long value = Long.parseLong(text(setting));
                if (value <= 0) {
                    throw refused(setting, null);
                }
                return value;
            } catch (NumberFormatException e) {
                throw refused(setting, e);
            }
        }

        private Duration duration(PeerSetting setting) {
            try {
                Duration value = Duration.parse(text(setting));
                if (value.isNegative() || value.isZero()) {
                    throw refused(setting, null);
                }
                return value;
            } catch (DateTimeParseException e) {
                throw refused(setting, e);
            }
        }

        private IllegalArgumentException refused(PeerSetting setting, @Nullable Exception cause) {
            return new IllegalArgumentException(
                    setting.key() + " must be a positive " + setting.unit() + " value, not '" + text(setting) + "'",
                    cause);
        }
    }
}
