package org.jangbu.msp.realm.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.enterprise.credential.CallerOnlyCredential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jangbu.msp.realm.EnrollmentId;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.msp.testing.FabricNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedIdentityStoreTest {
    @TempDir
    Path folder;

    @Test
    void tells_name_and_groups_of_whoever_signs_in() throws Exception {
        ManagedIdentities identities = enrolled();
        ManagedIdentityStore store = new ManagedIdentityStore(identities);
        CredentialValidationResult result = store.validate(new UsernamePasswordCredential("User1", "pw"));
        assertThat(result.getStatus()).isEqualTo(Status.VALID);
        assertThat(result.getCallerPrincipal().getName()).isEqualTo("User1");
        assertThat(result.getCallerGroups()).containsExactlyInAnyOrder("client", "client@Org1MSP");
        assertThat(identities.caller(result.getCallerPrincipal())).isPresent();
        assertThat(store.validate(new UsernamePasswordCredential("User1", "no")).getStatus())
                .isEqualTo(Status.INVALID);
        assertThat(store.validate(new CallerOnlyCredential("User1")).getStatus())
                .isEqualTo(Status.NOT_VALIDATED);
    }

    @Test
    void refuses_whoever_has_changed_files() throws Exception {
        enrolled();
        Path properties = folder.resolve("User1/user.properties");
        Files.writeString(properties, Files.readString(properties).replace("client", "admin"));
        ManagedIdentities again = ManagedIdentities.open(folder, "secret", Clock.systemUTC());
        assertThat(new ManagedIdentityStore(again)
                        .validate(new UsernamePasswordCredential("User1", "pw"))
                        .getStatus())
                .isEqualTo(Status.INVALID);
    }

    private ManagedIdentities enrolled() throws Exception {
        ManagedIdentities identities = ManagedIdentities.open(folder, "secret", Clock.systemUTC());
        identities.enroll(new EnrollmentId("User1"), FabricNetwork.user(FabricNetwork.ORG1, "User1"), "pw");
        return identities;
    }
}
