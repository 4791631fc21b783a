package org.jangbu.chaincode.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.ChaincodePackageException;

/** For a contract's build: packs its jar into a Fabric chaincode package and writes the package id beside it. */
public final class PackJar {
    private PackJar() {}

    /** Takes the label, the jar, and the package file to write; the id goes to a file of the same name with {@code .id} after it. */
    public static void main(String[] args) throws IOException, ChaincodePackageException {
        if (args.length != 3) {
            throw new IllegalArgumentException("expected: <label> <jar> <package file>");
        }
        ChaincodePackage chaincode = ChaincodePackage.ofJar(args[0], Path.of(args[1]));
        Files.write(Path.of(args[2]), chaincode.bytes());
        Files.writeString(Path.of(args[2] + ".id"), chaincode.id() + "\n");
    }
}
