package org.jangbu.tests.network;

import java.io.IOException;
import org.jangbu.tests.server.TrialServer;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;

/** What an operator may do to the server while it runs. */
public final class Management {
    private Management() {}

    /** Stops and starts all of the server's services, the broker and the application among them, in the same process. */
    public static void reload() throws IOException {
        execute(operation("reload"));
    }

    /** Stops the application and starts it anew, in the same process; all else goes on. */
    public static void redeploy() throws IOException {
        ModelNode operation = operation("redeploy");
        operation.get("address").add("deployment", "jangbu.ear");
        execute(operation);
    }

    /** Cuts the connections of one account to the broker. */
    public static void cutConnections(String account) throws IOException {
        ModelNode operation = operation("close-connections-for-user");
        operation.get("address").add("subsystem", "messaging-activemq").add("server", "default");
        operation.get("user").set(account);
        execute(operation);
    }

    private static ModelNode operation(String name) {
        ModelNode operation = new ModelNode();
        operation.get("operation").set(name);
        operation.get("address").setEmptyList();
        return operation;
    }

    private static void execute(ModelNode operation) throws IOException {
        int port = TrialServer.installation().server().management().getPort();
        try (ModelControllerClient client = ModelControllerClient.Factory.create("127.0.0.1", port)) {
            ModelNode result = client.execute(operation);
            if (!result.get("outcome").asString().equals("success")) {
                throw new IOException(operation.get("operation").asString() + ": " + result);
            }
        }
    }
}
