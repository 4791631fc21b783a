package org.jangbu.chaincode.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledPackagesTest {
    @TempDir
    Path folder;

    @Test
    void keeps_packages_over_a_restart() throws IOException, ChaincodePackageException {
        ChaincodePackage first = sample("first", 1);
        ChaincodePackage second = sample("second", 2);
        packages().install(second);
        packages().install(first);
        packages().install(first);

        assertThat(packages().list()).containsExactly(first.id(), second.id());
        assertThat(packages().get(first.id())).map(ChaincodePackage::bytes).contains(first.bytes());
        assertThat(packages().get(new PackageId("third", "0".repeat(64)))).isEmpty();
    }

    @Test
    void leaves_no_unfinished_file_and_does_not_list_one() throws IOException, ChaincodePackageException {
        InstalledPackages packages = packages();
        packages.install(sample("first", 1));
        Files.createFile(folder.resolve("installed").resolve("install-123.part"));

        assertThat(packages.list()).hasSize(1);
        try (Stream<Path> files = Files.list(folder.resolve("installed"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .hasSize(2)
                    .contains("install-123.part");
        }
    }

    @Test
    void notices_a_file_that_was_changed() throws IOException, ChaincodePackageException {
        ChaincodePackage first = sample("first", 1);
        packages().install(first);
        Path file = folder.resolve("installed").resolve("first." + first.id().hash() + ".tgz");
        Files.write(file, sample("first", 2).bytes());

        assertThatThrownBy(() -> packages().get(first.id()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was changed");
        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> packages().get(first.id()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was changed");
    }

    @Test
    void unpacks_the_code_anew_after_each_start() throws IOException, ChaincodePackageException {
        ChaincodePackage first = sample("first", 7);
        packages().install(first);
        Path code = packages().code(first.id()).orElseThrow();
        Files.write(code.resolve("src/first.jar"), new byte[] {9});
        Files.write(code.resolve("more.jar"), new byte[] {9});

        Path again = packages().code(first.id()).orElseThrow();

        assertThat(again.resolve("src/first.jar")).hasBinaryContent(new byte[] {7});
        assertThat(again.resolve("more.jar")).doesNotExist();
    }

    @Test
    void allows_the_packages_that_the_operator_lists_as_the_list_stands_now() throws IOException {
        Path list = folder.resolve("allowed");
        PackageId one = new PackageId("one", "1".repeat(64));
        PackageId two = new PackageId("two", "2".repeat(64));
        AllowedPackages allowed = new AllowedPackages(list);
        assertThat(allowed.allows(one)).isFalse();

        Files.writeString(list, "# ours\n" + one + "   # reviewed\n\n");
        assertThat(allowed.allows(one)).isTrue();
        assertThat(allowed.allows(two)).isFalse();

        Files.writeString(list, two + "\n");
        assertThat(allowed.allows(one)).isFalse();
        assertThat(allowed.allows(two)).isTrue();

        Files.delete(list);
        assertThat(allowed.allows(two)).isFalse();
    }

    @Test
    void refuses_a_list_with_a_slip_and_says_where() throws IOException {
        Path list = folder.resolve("allowed");
        PackageId one = new PackageId("one", "1".repeat(64));
        Files.writeString(list, one + "\none:zz\n");

        assertThatThrownBy(() -> new AllowedPackages(list).allows(one))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "one", "one:", "one:*", "*:@", "one:1111", "all", "one:@*", ".*:.*"})
    void nothing_but_a_whole_package_id_allows_anything(String line) throws IOException {
        Path list = folder.resolve("allowed");
        PackageId one = new PackageId("one", "1".repeat(64));
        Files.writeString(list, line.replace("@", one.hash()) + "\n");
        assertThatThrownBy(() -> new AllowedPackages(list).allows(one)).isInstanceOf(IOException.class);
    }

    @Test
    void beside_the_key_of_an_authority_the_list_is_its_owners_alone() throws IOException {
        Path place = Files.createDirectories(folder.resolve("packages"));
        Path list = place.resolve("allowed");
        PackageId one = new PackageId("one", "1".repeat(64));
        AllowedPackages allowed = AllowedPackages.ofOwnerAlone(list);
        assertThat(allowed.allows(one)).isFalse();
        Files.writeString(list, one + "\n");
        for (String mode : List.of("rwx------", "rwxr-xr-x")) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
            Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(allowed.allows(one)).isTrue();
            for (String open : List.of("rw-rw----", "rw----rw-")) {
                Files.setPosixFilePermissions(list, PosixFilePermissions.fromString(open));
                assertThatThrownBy(() -> allowed.allows(one)).hasMessageContaining("by others than its owner");
            }
        }
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertThatThrownBy(() -> allowed.allows(one)).hasMessageContaining("by others than its owner");
        assertThat(new AllowedPackages(list).allows(one)).isTrue();
    }

    private InstalledPackages packages() throws IOException {
        return new InstalledPackages(folder.resolve("installed"), folder.resolve("work"));
    }

    private ChaincodePackage sample(String label, int content) throws IOException, ChaincodePackageException {
        return ChaincodePackage.ofJar(label, Files.write(folder.resolve(label + ".jar"), new byte[] {(byte) content}));
    }
}
