package org.jangbu.tests.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Info;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeException;
import org.hyperledger.fabric.shim.ledger.KeyValue;

/** Throws, loops, recurses, exits, hoards and floods on demand; and puts any bytes under any key. */
@Contract(name = "ProbeContract", info = @Info(title = "Probe", version = "1.0"))
@Default
public final class ProbeContract implements ContractInterface {
    /** Puts bytes, given as hex, under a key given as text. */
    @Transaction
    public void putBytes(Context context, String key, String hex) {
        context.getStub().putState(key, HexFormat.of().parseHex(hex));
    }

    /** Puts a value under a key whose UTF-16 units are given as hex, lone surrogates included. */
    @Transaction
    public void putUnits(Context context, String hexUnits, String value) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < hexUnits.length(); i += 4) {
            key.append((char) Integer.parseInt(hexUnits, i, i + 4, 16));
        }
        context.getStub().putState(key.toString(), value.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes under a key as hex. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String getBytes(Context context, String key) {
        return HexFormat.of().formatHex(context.getStub().getState(key));
    }

    /** Gives a key an endorsement policy of its own, a SignaturePolicyEnvelope in hex; nothing takes it away. */
    @Transaction
    public void guard(Context context, String key, String policy) {
        context.getStub().setStateValidationParameter(key, HexFormat.of().parseHex(policy));
    }

    /** The policy of a key in hex. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String guardOf(Context context, String key) {
        return hex(context.getStub().getStateValidationParameter(key));
    }

    /** Puts a private value. */
    @Transaction
    public void putPrivate(Context context, String collection, String key, String value) {
        context.getStub().putPrivateData(collection, key, value);
    }

    /** Puts a private value that is no argument and in no transaction: the transient {@code value}. */
    @Transaction
    public void putSecret(Context context, String collection, String key) {
        byte[] value = context.getStub().getTransient().get("value");
        if (value == null) {
            throw new ChaincodeException("there is no transient value", "REFUSED");
        }
        context.getStub().putPrivateData(collection, key, value);
    }

    /** Gives a private key an endorsement policy of its own. */
    @Transaction
    public void guardPrivate(Context context, String collection, String key, String policy) {
        context.getStub()
                .setPrivateDataValidationParameter(
                        collection, key, HexFormat.of().parseHex(policy));
    }

    /** The policy of a private key in hex. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String privateGuardOf(Context context, String collection, String key) {
        return hex(context.getStub().getPrivateDataValidationParameter(collection, key));
    }

    /** A private value; empty where there is none. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String getPrivate(Context context, String collection, String key) {
        byte[] value = context.getStub().getPrivateData(collection, key);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    /** The hash of a private value in hex; empty where there is none. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String privateHash(Context context, String collection, String key) {
        return hex(context.getStub().getPrivateDataHash(collection, key));
    }

    /** Private values of a range, each as {@code key=value;}. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String privateRange(Context context, String collection, String start, String end) {
        StringBuilder rows = new StringBuilder();
        for (KeyValue row : context.getStub().getPrivateDataByRange(collection, start, end)) {
            rows.append(row.getKey()).append('=').append(row.getStringValue()).append(';');
        }
        return rows.toString();
    }

    /** Deletes a private value and its past. */
    @Transaction
    public void purgePrivate(Context context, String collection, String key) {
        context.getStub().purgePrivateData(collection, key);
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "" : HexFormat.of().formatHex(bytes);
    }

    /** Answers what differs from endorser to endorser. */
    @Transaction
    public String differ(Context context, String key) {
        String mine = Long.toHexString(System.nanoTime()) + Integer.toHexString(System.identityHashCode(this));
        context.getStub().putStringState(key, mine);
        return mine;
    }

    @Transaction
    @SuppressWarnings("DoNotCallSuggester") // it is called, by tests
    public void refuse(Context context, String reason) {
        throw new ChaincodeException(reason, "REFUSED");
    }

    @Transaction
    @SuppressWarnings("DoNotCallSuggester") // it is called, by tests
    public void fail(Context context) {
        throw new IllegalStateException("a secret of the contract's own");
    }

    @Transaction
    public long loop(Context context) {
        long turns = 0;
        while (turns >= 0) {
            turns = (turns + 1) & Long.MAX_VALUE;
        }
        return turns;
    }

    @Transaction
    @SuppressWarnings("InfiniteRecursion") // its purpose
    public int recurse(Context context) {
        return 1 + recurse(context);
    }

    @Transaction
    public void exit(Context context) {
        System.exit(3);
    }

    @Transaction
    public int hoard(Context context) {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < Integer.MAX_VALUE) {
            all.add(new byte[1 << 20]);
        }
        return all.size();
    }

    /** Writes {@code count} values of {@code size} bytes each. */
    @Transaction
    public void flood(Context context, int count, int size) {
        for (int i = 0; i < count; i++) {
            context.getStub().putState("flood" + i, new byte[size]);
        }
    }

    /** Calls another contract, on another channel too, and tells what that answered; writes the answer here when {@code key} is given. */
    @Transaction
    public String call(
            Context context, String chaincode, String channel, String function, String argument, String key) {
        List<String> call = new ArrayList<>(List.of(function));
        call.addAll(List.of(argument.split(",", -1)));
        Chaincode.Response response = context.getStub().invokeChaincodeWithStringArgs(chaincode, call, channel);
        byte[] payload = response.getPayload();
        String answer = response.getStatusCode() + " "
                + (payload == null ? response.getMessage() : new String(payload, StandardCharsets.UTF_8));
        if (!key.isEmpty()) {
            context.getStub().putStringState(key, answer);
        }
        return answer;
    }
}
