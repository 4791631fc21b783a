package org.jangbu.msp.cryptogen;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.OwnerOnly;
import org.jangbu.msp.crypto.Pem;

/** Writes the folders of Fabric's test network: every folder and key readable by its owner only. */
final class MaterialWriter {
    private final Path folder;

    MaterialWriter(Path folder) throws IOException {
        OwnerOnly.createDirectories(folder);
        this.folder = folder;
    }

    MaterialWriter in(String child) throws IOException {
        return new MaterialWriter(folder.resolve(child));
    }

    void certificate(String file, X509Certificate certificate) throws IOException {
        text(file, CertificateReader.pem(certificate));
    }

    void key(String file, KeyPair keys) throws IOException {
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        String pem = new Pem("PRIVATE KEY", ByteString.copyFrom(pkcs8)).text();
        OwnerOnly.write(folder.resolve(file), pem.getBytes(StandardCharsets.US_ASCII));
    }

    void text(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
