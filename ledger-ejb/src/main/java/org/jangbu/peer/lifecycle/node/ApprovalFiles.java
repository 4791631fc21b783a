package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.log.EndorsementLog;

/**
 * Approvals as files of a node: {@code lifecycle/approvals/<channel>/<chaincode>.<sequence>.pb} below its folder, each a serialised {@code
 * ApproveChaincodeDefinitionForMyOrgArgs}. Read each time they are asked for, so that an operator may add one while the server runs.
 */
public final class ApprovalFiles implements Approvals {
    private static final long LARGEST = 1 << 20;

    private final NodeName node;
    private final Path folder;

    /** @param home the node's folder */
    public ApprovalFiles(NodeName node, Path home) {
        this.node = node;
        this.folder = home.resolve("lifecycle").resolve("approvals");
    }

    @Override
    public Optional<ApproveChaincodeDefinitionForMyOrgArgs> find(ChannelId channel, String chaincode, long sequence) {
        if (!ChaincodeName.isValid(chaincode)) {
            return Optional.empty();
        }
        Path file = folder.resolve(channel.value()).resolve(chaincode + "." + sequence + ".pb");
        try {
            if (Files.size(file) > LARGEST) {
                EndorsementLog.LOG.approvalUnreadable(
                        node.value(), channel.value(), chaincode, "the file is too large");
                return Optional.empty();
            }
            ApproveChaincodeDefinitionForMyOrgArgs approval =
                    ApproveChaincodeDefinitionForMyOrgArgs.parseFrom(Files.readAllBytes(file));
            return approval.getName().equals(chaincode) && approval.getSequence() == sequence
                    ? Optional.of(approval)
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            EndorsementLog.LOG.approvalUnreadable(node.value(), channel.value(), chaincode, "it is no approval");
            return Optional.empty();
        } catch (IOException e) {
            EndorsementLog.LOG.approvalUnreadable(node.value(), channel.value(), chaincode, e.toString());
            return Optional.empty();
        }
    }
}
