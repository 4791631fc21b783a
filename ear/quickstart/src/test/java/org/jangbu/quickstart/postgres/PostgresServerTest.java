package org.jangbu.quickstart.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jangbu.quickstart.machine.QuickStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    Path folder;

    @Test
    void commits_are_on_the_disk_when_they_return() throws Exception {
        try (PostgresServer server = started(freePort())) {
            assertThat(show(server, "fsync")).isEqualTo("on");
            assertThat(show(server, "synchronous_commit")).isEqualTo("on");
            assertThat(show(server, "full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void listens_on_the_loopback_interface_only_and_asks_for_the_password() throws Exception {
        int port = freePort();
        try (PostgresServer server = started(port)) {
            assertThat(show(server, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(server, "unix_socket_directories")).isEmpty();
            assertThatThrownBy(() -> new PostgresServer(folder, port, "guess").connect())
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void keeps_its_data_over_a_clean_stop_and_over_a_kill() throws Exception {
        int port = freePort();
        try (PostgresServer server = started(port)) {
            execute(server, "CREATE TABLE note (text text)");
            execute(server, "INSERT INTO note VALUES ('first')");
            server.stop();
            server.start();
            execute(server, "INSERT INTO note VALUES ('second')");
            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.start();
            assertThat(query(server, "SELECT string_agg(text, ',' ORDER BY text) FROM note"))
                    .isEqualTo("first,second");
        }
    }

    @Test
    void ends_a_server_that_a_killed_launcher_left_behind() throws Exception {
        int port = freePort();
        PostgresServer abandoned = started(port);
        try (PostgresServer server = started(port)) {
            assertThat(abandoned.isRunning()).isFalse();
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void says_which_port_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> started(taken.getLocalPort()))
                    .isInstanceOf(QuickStartException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
        }
    }

    private PostgresServer started(int port) throws Exception {
        PostgresServer server = new PostgresServer(folder, port, "correct horse");
        server.start();
        return server;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String show(PostgresServer server, String setting) throws SQLException {
        return query(server, "SHOW " + setting);
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
