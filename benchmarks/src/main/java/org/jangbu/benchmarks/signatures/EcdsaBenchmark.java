package org.jangbu.benchmarks.signatures;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Messages of 1 KB, signed and verified with SHA-256, as the server does it: keys decoded once, many of them in turn, since that is what a
 * peer sees. Signatures verified before are not remembered here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class EcdsaBenchmark {
    private static final int MESSAGE = 1024;

    @Param({"corretto", "bouncycastle", "jdk"})
    public String provider;

    @Param({"P256", "P384"})
    public Curve curve;

    @Param("256")
    public int keys;

    private CryptoProvider crypto;
    private PrivateKey[] privateKeys;
    private PublicKey[] publicKeys;
    private byte[][] messages;
    private byte[][] signatures;
    private int next;

    /** Makes the keys, and one signature with each. */
    @Setup
    public void make() throws GeneralSecurityException {
        crypto = CryptoProvider.named(provider)
                .orElseThrow(() -> new IllegalStateException("no provider " + provider + " on this machine"));
        privateKeys = new PrivateKey[keys];
        publicKeys = new PublicKey[keys];
        messages = new byte[keys][MESSAGE];
        signatures = new byte[keys][];
        Random random = new Random(keys);
        for (int i = 0; i < keys; i++) {
            KeyPair pair = crypto.generate(curve);
            privateKeys[i] = pair.getPrivate();
            publicKeys[i] = pair.getPublic();
            random.nextBytes(messages[i]);
            signatures[i] = crypto.sign(privateKeys[i], digest(messages[i]));
        }
    }

    /** One signature. */
    @Benchmark
    public byte[] sign() throws GeneralSecurityException {
        int i = following();
        return crypto.sign(privateKeys[i], digest(messages[i]));
    }

    /** One verification; a wrong answer ends the run. */
    @Benchmark
    public boolean verify() throws GeneralSecurityException {
        int i = following();
        if (!crypto.verify(publicKeys[i], digest(messages[i]), signatures[i])) {
            throw new IllegalStateException("a good signature was refused");
        }
        return true;
    }

    private int following() {
        next = (next + 1) % keys;
        return next;
    }

    private static byte[] digest(byte[] message) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(message);
    }
}
