package org.jangbu.peer.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityKeysTest {
    @TempDir
    Path home;

    @Test
    void finds_the_key_of_an_authority_wherever_authorities_are() throws Exception {
        assertThat(AuthorityKeys.areBelow(home)).isFalse();
        Path folder = Files.createDirectories(home.resolve("ca").resolve("ca-org1"));
        assertThat(AuthorityKeys.areBelow(home)).isFalse();
        Files.writeString(folder.resolve("ca-key.pem"), "sealed");
        assertThat(AuthorityKeys.areBelow(home)).isTrue();
    }
}
