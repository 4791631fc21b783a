package org.jangbu.msp.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.testing.FabricNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every MSP folder of a real network's peers, orderers and users. */
class FabricFoldersTest {
    private static final List<MspId> ALL = List.of(FabricNetwork.ORDERER, FabricNetwork.ORG1, FabricNetwork.ORG2);

    /** A folder and whose it is. */
    private record Folder(MspId owner, Path msp) {
        @Override
        public String toString() {
            return owner + " " + msp.subpath(msp.getNameCount() - 2, msp.getNameCount() - 1);
        }
    }

    static List<Folder> folders() throws IOException {
        List<Folder> folders = new java.util.ArrayList<>();
        for (MspId owner : ALL) {
            try (Stream<Path> paths = Files.walk(FabricNetwork.organization(owner))) {
                paths.filter(path -> path.endsWith("msp") && Files.isDirectory(path.resolve("signcerts")))
                        .map(msp -> new Folder(owner, msp))
                        .sorted(java.util.Comparator.comparing(Folder::toString))
                        .forEach(folders::add);
            }
        }
        assertThat(folders).hasSizeGreaterThanOrEqualTo(8);
        return folders;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void loads_signs_is_valid_under_its_own_msp_and_under_no_other(Folder folder) throws Exception {
        LocalMsp local = LocalMsp.read(folder.msp(), folder.owner());
        SigningIdentity signer = local.signingIdentity();
        ByteString message = ByteString.copyFromUtf8("message");
        for (MspId id : ALL) {
            ChannelMembership membership = ChannelMembership.of(
                    List.of(LocalMsp.read(FabricNetwork.organization(id).resolve("msp"), id)
                            .channelConfig()));
            if (id.equals(folder.owner())) {
                Identity identity = membership.deserialize(signer.serialized());
                assertThatCode(() -> membership.validate(identity)).doesNotThrowAnyException();
                assertThat(identity.verifies(signer.sign(message), message)).isTrue();
            } else {
                assertThatThrownBy(() -> membership.deserialize(signer.serialized()))
                        .isInstanceOf(IdentityException.class);
                // Nor when it claims to be of theirs.
                Identity claiming = membership.deserialize(X509Identity.serialize(id, signer.certificate()));
                assertThatThrownBy(() -> membership.validate(claiming)).isInstanceOf(IdentityException.class);
            }
        }
    }
}
