package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;

/** A package in a file, checked by the rules of the peers before anybody is troubled with it. */
final class PackageFile {
    private PackageFile() {}

    static ChaincodePackage read(Path file) {
        ByteString bytes = InputFile.read(file);
        try {
            return ChaincodePackage.read(bytes.toByteArray());
        } catch (ChaincodePackageException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + ": " + e.getMessage(), e);
        }
    }
}
