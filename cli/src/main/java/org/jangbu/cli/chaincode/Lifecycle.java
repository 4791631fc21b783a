package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.List;
import java.util.Map;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.server.Connection;
import org.jangbu.cli.server.LedgerClient.Committed;
import org.jangbu.cli.server.LedgerClient.Target;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.client.Invocation;

/** Calls of {@code _lifecycle}, the system chaincode that keeps packages and definitions, with Fabric's own messages. */
final class Lifecycle {
    private final Connection connection;

    Lifecycle(Connection connection) {
        this.connection = connection;
    }

    <T> T query(ChannelId channel, String function, MessageLite argument, Parser<T> answer) {
        return parsed(connection.ledger().evaluate(target(channel), call(function, argument)), answer);
    }

    <T> T askPeer(String function, MessageLite argument, Parser<T> answer) {
        return parsed(
                connection
                        .ledger()
                        .askPeer(connection.requiredPeer(), ChaincodeName.LIFECYCLE, call(function, argument)),
                answer);
    }

    Committed submit(ChannelId channel, String function, MessageLite argument) {
        return connection.ledger().submit(target(channel), call(function, argument), connection.commitWait());
    }

    private static Target target(ChannelId channel) {
        return new Target(channel, ChaincodeName.LIFECYCLE);
    }

    private static Invocation call(String function, MessageLite argument) {
        return new Invocation(ByteString.copyFromUtf8(function), List.of(argument.toByteString()), Map.of());
    }

    private static <T> T parsed(ByteString bytes, Parser<T> parser) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the answer of _lifecycle cannot be read", e);
        }
    }
}
