package org.jangbu.web.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcPropertiesTest {
    @TempDir
    Path node;

    @Test
    void a_node_without_the_file_has_no_port() throws Exception {
        assertThat(GrpcProperties.read(node)).isEmpty();
    }

    @Test
    void says_where_to_listen_and_whom_to_let_in() throws Exception {
        write("listen=127.0.0.1:7051\n");
        assertThat(GrpcProperties.read(node)).contains(new GrpcProperties("127.0.0.1", 7051, false));
        write("listen=[::1]:7051\nclient-certificates=required\n");
        assertThat(GrpcProperties.read(node)).contains(new GrpcProperties("[::1]", 7051, true));
    }

    @Test
    void ports_are_moved_with_the_servers() {
        assertThat(new GrpcProperties("127.0.0.1", 7051, false).address(20).getPort())
                .isEqualTo(7071);
        assertThat(new GrpcProperties("127.0.0.1", 0, false).address(20).getPort())
                .isZero();
    }

    @Test
    void what_makes_no_sense_is_refused_with_the_files_name() throws Exception {
        for (String content : new String[] {
            "",
            "listen=7051",
            "listen=host:99999",
            "listen=host:7051\nclient-certificates=perhaps",
            "listen=host:7051\nclient-certificate=required"
        }) {
            write(content);
            assertThatThrownBy(() -> GrpcProperties.read(node))
                    .as(content)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("grpc.properties");
        }
    }

    private void write(String content) throws IOException {
        Files.writeString(node.resolve("grpc.properties"), content);
    }
}
