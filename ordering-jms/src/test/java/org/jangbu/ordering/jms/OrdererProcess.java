package org.jangbu.ordering.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/**
 * An orderer in a virtual machine of its own, so that it can be frozen and killed. Subscribes anew when the broker gave it up, as a resource
 * adapter does. Runs until its input ends, or until a line of input names a height and it has reached that.
 */
final class OrdererProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final MspId MSP = new MspId("OrdererMSP");

    private final OrderingServer server;
    private final Semaphore lost = new Semaphore(0);

    private OrdererProcess(OrderingServer server) {
        this.server = server;
    }

    /** Arguments: the broker's address, the folder of certificates, the node's name, its home, the file of the genesis block. */
    public static void main(String[] arguments) throws Exception {
        ConnectionFactory factory = new ActiveMQConnectionFactory(arguments[0]);
        LocalNode node = node(Path.of(arguments[1]), arguments[2], Path.of(arguments[3]));
        Block genesis = Block.parseFrom(Files.readAllBytes(Path.of(arguments[4])));
        OrdererProcess process = new OrdererProcess(new OrderingServer(factory, node, genesis));
        process.run();
        // Threads of the broker's client may live on; nothing is left to do for them.
        Runtime.getRuntime().halt(0);
    }

    /** One of the network's orderers, at a home of the test's choice. */
    static LocalNode node(Path organizations, String name, Path home) throws IOException, MspConfigurationException {
        Path msp = organizations.resolve("ordererOrganizations/example.com/orderers/" + name + "/msp");
        return new LocalNode(
                new NodeName(name),
                MSP,
                LocalNode.Role.ORDERER,
                false,
                name + ":7050",
                home,
                LocalMsp.read(msp, MSP).signingIdentity());
    }

    private void run() throws Exception {
        server.consume(e -> lost.release());
        server.service().settle();
        Thread subscribing = new Thread(this::subscribeAnew, "subscribe-anew");
        subscribing.setDaemon(true);
        subscribing.start();
        System.out.println("ready");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = input.readLine();
        if (line != null) {
            long height = Long.parseLong(line);
            Awaitility.await().atMost(PATIENCE).until(() -> server.height() >= height);
            server.close();
        }
    }

    private void subscribeAnew() {
        while (true) {
            try {
                lost.acquire();
                lost.drainPermits();
                server.stopConsuming();
                server.consume(e -> lost.release());
            } catch (JMSException e) {
                lost.release();
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
