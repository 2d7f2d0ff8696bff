package dev.slipway.local.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.PassThrough;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets requests through to DynamoDB Local, which knows no permissions: the bytes of request and
 * answer stay as they are.
 *
 * <p>DynamoDB Local answers a transaction when its commit is queued, not when it is done: a process
 * that is killed right then has promised what it forgets. Where tables are to outlive the process,
 * a transaction is therefore followed by a read, which waits in the same queue, before it is
 * answered.
 */
public final class DynamoDbPassThrough implements PassThrough {
  private static final String TRANSACTION = ".TransactWriteItems";
  private static final String READ = ".ListTables";
  private static final String READ_BODY = "{\"Limit\":1}";
  private static final List<String> PASSED = List.of("Content-Type", "x-amz-crc32");

  private final Supplier<URI> endpoint;
  private final DynamoDbAccess access;
  private final boolean durable;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param endpoint DynamoDB Local's, asked for with each request; may block until it has started
   * @param durable whether the tables are to outlive the process
   */
  public DynamoDbPassThrough(Supplier<URI> endpoint, DynamoDbAccess access, boolean durable) {
    this.endpoint = endpoint;
    this.access = access;
    this.durable = durable;
  }

  @Override
  public String target() {
    return "DynamoDB_20120810";
  }

  @Override
  public String jsonVersion() {
    return "1.0";
  }

  @Override
  public List<Access> needs(String action, JsonNode request) {
    return access.of(action, request);
  }

  /** DynamoDB names errors that all of AWS's services share with their name space. */
  @Override
  public AwsException refusal(AwsException denied) {
    return new AwsException(
        "com.amazon.coral.service#" + denied.code(), denied.getMessage(), 400, Map.of());
  }

  @Override
  public Answer forward(String target, String authorization, byte[] body) {
    var answer = send(target, authorization, body);
    if (durable && target.endsWith(TRANSACTION) && answer.status() == 200) {
      send(target.replace(TRANSACTION, READ), authorization, READ_BODY.getBytes(UTF_8));
    }
    return answer;
  }

  private Answer send(String target, String authorization, byte[] body) {
    var request =
        HttpRequest.newBuilder(endpoint.get())
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target)
            .POST(BodyPublishers.ofByteArray(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      var response = client.send(request.build(), BodyHandlers.ofByteArray());
      var headers = new HashMap<String, String>();
      for (var name : PASSED) {
        response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
      }
      return new Answer(response.statusCode(), headers, ByteBuffer.wrap(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException("DynamoDB Local does not answer " + target, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(target + " was interrupted", e);
    }
  }
}
