package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.PackageWriter;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.run.LedgerCommand;
import org.jangbu.cli.run.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a package. */
@Command(
        name = "package",
        description = "Make a package. The same files and label always give the same package id.",
        footer = {
            "",
            "Example:",
            "  jangbu chaincode package pay.tgz --path remittance.jar --lang java --label pay_1.0",
            "  jangbu chaincode package pay.tgz --path connection.json --lang ccaas --label pay_1.0"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PackageChaincode extends LedgerCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The package to write")
    private Path file;

    @Option(
            names = {"-p", "--path"},
            paramLabel = "PATH",
            required = true,
            description = {
                "java: a jar, or a folder with jars and perhaps META-INF/statedb;",
                "ccaas: connection.json, or a folder with it and perhaps META-INF/statedb"
            })
    private Path path;

    @Option(
            names = {"-l", "--lang"},
            paramLabel = "TYPE",
            defaultValue = "java",
            description = "java or ccaas. Default: ${DEFAULT-VALUE}")
    private String language;

    @Option(names = "--label", paramLabel = "LABEL", required = true, description = "The name in the package's id")
    private String label;

    @Override
    protected void execute() {
        if (!Files.exists(path)) {
            throw CommandFailure.of(ExitCode.UNUSABLE, path + " is not there");
        }
        try {
            ChaincodePackage made = PackageWriter.write(language, label, code());
            InputFile.write(file, ByteString.copyFrom(made.bytes()));
            output.print(new Output.Facts()
                    .with("file", file.toString())
                    .with("packageId", made.id().toString()));
        } catch (IOException | ChaincodePackageException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "no package: " + e.getMessage(), e);
        }
    }

    private SortedMap<String, byte[]> code() {
        return switch (language) {
            case "java" -> CodeFiles.java(path);
            case "ccaas" -> CodeFiles.service(path);
            default -> throw CommandFailure.of(ExitCode.USAGE, "--lang must be java or ccaas, not " + language);
        };
    }
}
