package org.jangbu.msp.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jangbu.msp.testing.FabricNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final Logger AUDIT = Logger.getLogger("org.jangbu.audit");

    @TempDir
    Path folder;

    @Test
    void every_use_of_a_kept_key_is_told_with_who_what_and_transaction() throws Exception {
        ManagedIdentities identities = ManagedIdentities.open(folder, "secret", Clock.systemUTC());
        EnrollmentId id = new EnrollmentId("User1");
        Lines lines = new Lines();
        AUDIT.addHandler(lines);
        try {
            identities.enroll(id, FabricNetwork.user(FabricNetwork.ORG1, "User1"), "pw");
            Caller caller = identities.authenticate("User1", "pw").orElseThrow();
            ByteString payload = Envelope.parseFrom(
                            FabricNetwork.block(8).getData().getData(0))
                    .getPayload();
            identities.signer(caller).sign(payload);
            identities.signer(caller).sign(ByteString.copyFromUtf8("other"));
        } finally {
            AUDIT.removeHandler(lines);
        }
        assertThat(lines.texts).hasSize(3);
        assertThat(lines.texts.get(0)).contains("User1", "Org1MSP", "client").doesNotContain("secret", "pw");
        assertThat(lines.texts.get(1))
                .containsPattern(
                        "channel [a-z]+ transaction [0-9a-f]{64}: User1 of Org1MSP signed endorser_transaction");
        assertThat(lines.texts.get(2)).contains("channel - transaction -: User1 of Org1MSP signed something");
    }

    private static final class Lines extends Handler {
        private final List<String> texts = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            texts.add(new java.util.logging.SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
