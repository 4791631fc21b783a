package org.jangbu.peer.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whether a server keeps keys of certificate authorities, by its files alone: whether they can be opened makes no difference. */
final class AuthorityKeys {
    private AuthorityKeys() {}

    /** Looks where {@code org.jangbu.msp.ca.AuthorityFolder} keeps them. */
    static boolean areBelow(Path home) throws IOException {
        Path authorities = home.resolve("ca");
        if (!Files.isDirectory(authorities)) {
            return false;
        }
        try (Stream<Path> folders = Files.list(authorities)) {
            return folders.anyMatch(folder -> Files.exists(folder.resolve("ca-key.pem")));
        }
    }
}
