package org.jangbu.msp.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The elliptic curves an identity's key may lie on. */
public enum Curve {
    /** NIST P-256, the usual one. */
    P256("secp256r1", "1.2.840.10045.3.1.7", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
    /** NIST P-384. */
    P384(
            "secp384r1",
            "1.3.132.0.34",
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973");

    private final String standardName;
    private final String oid;
    private final BigInteger order;
    private final BigInteger halfOrder;

    Curve(String standardName, String oid, String order) {
        this.standardName = standardName;
        this.oid = oid;
        this.order = new BigInteger(order, 16);
        this.halfOrder = this.order.shiftRight(1);
    }

    /**
     * The curve that a key's algorithm names.
     *
     * @throws InvalidKeyException if the key is not an EC key, its curve is another one, or is spelled out instead of named: parameters
     *     that merely look like a known curve's are an old way to forge keys
     */
    public static Curve of(AlgorithmIdentifier algorithm) throws InvalidKeyException {
        if (!X9ObjectIdentifiers.id_ecPublicKey.equals(algorithm.getAlgorithm())) {
            throw new InvalidKeyException("not an ECDSA key");
        }
        ASN1Encodable parameters = algorithm.getParameters();
        for (Curve curve : values()) {
            if (parameters instanceof ASN1ObjectIdentifier named
                    && named.getId().equals(curve.oid)) {
                return curve;
            }
        }
        throw new InvalidKeyException("not on one of the curves P-256 and P-384");
    }

    /** The name by which Java's providers know it. */
    public String standardName() {
        return standardName;
    }

    BigInteger order() {
        return order;
    }

    /** The largest s that a signature may have: half of the (odd) order, rounded down. */
    BigInteger halfOrder() {
        return halfOrder;
    }
}
