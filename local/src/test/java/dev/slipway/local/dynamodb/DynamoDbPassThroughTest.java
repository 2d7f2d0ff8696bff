package dev.slipway.local.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.local.template.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DynamoDbPassThroughTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private int status = 200;
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
          asked.add(target);
          byte[] answer = target.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aTransactionIsAnsweredAfterAReadThatWaitsForItsCommit() {
    var answer = forward(true, "DynamoDB_20120810.TransactWriteItems");

    assertEquals(
        List.of("DynamoDB_20120810.TransactWriteItems", "DynamoDB_20120810.ListTables"), asked);
    assertEquals("DynamoDB_20120810.TransactWriteItems", UTF_8.decode(answer.body()).toString());
  }

  @Test
  void nothingIsAddedElsewhere() {
    forward(false, "DynamoDB_20120810.TransactWriteItems");
    forward(true, "DynamoDB_20120810.GetItem");
    status = 400;
    forward(true, "DynamoDB_20120810.TransactWriteItems");

    assertEquals(3, asked.size(), asked::toString);
  }

  private dev.slipway.local.aws.PassThrough.Answer forward(boolean durable, String target) {
    var endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var through =
        new DynamoDbPassThrough(() -> endpoint, new DynamoDbAccess(Stack.local(Map.of())), durable);
    return through.forward(target, null, "{}".getBytes(UTF_8));
  }
}
