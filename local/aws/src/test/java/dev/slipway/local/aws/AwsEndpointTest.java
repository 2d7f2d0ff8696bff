package dev.slipway.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.schedule.LocalTime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

class AwsEndpointTest {
  private final AccessKeys keys = new AccessKeys();
  private final LocalTime time = LocalTime.real();
  private AwsEndpoint endpoint;

  /** Something that may be interrupted. */
  @FunctionalInterface
  private interface Deed {
    void perform() throws InterruptedException;
  }

  /** Answers who calls: {@code ListStateMachines} as well as {@code SendEmail}. */
  private record WhoCalls(String target, Deed before) implements AwsService {
    WhoCalls(String target) {
      this(target, () -> {});
    }

    @Override
    public String jsonVersion() {
      return "1.0";
    }

    @Override
    public List<Access> needs(String action, JsonNode request) {
      return List.of();
    }

    @Override
    public JsonNode perform(String action, JsonNode request, Caller caller) {
      try {
        before.perform();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      var answer = JsonNodeFactory.instance.objectNode();
      if (action.equals("SendEmail")) {
        return answer.put("MessageId", caller.principal());
      }
      answer.putArray("stateMachines").addObject().put("name", caller.principal());
      return answer;
    }
  }

  private void start(boolean verifies) {
    start(
        verifies,
        AwsEndpoint.Offer.toEverybody(
            new WhoCalls("AWSStepFunctions"), new WhoCalls("2010-12-01")));
  }

  private void start(boolean verifies, AwsEndpoint.Offer offer) {
    endpoint =
        new AwsEndpoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            keys,
            offer,
            time.work("requests"),
            verifies ? AwsEndpoint.signatures() : AwsDispatcher.Check.NONE);
  }

  /** One whose clock goes by another time than that of its callers. */
  private void startAt(Instant now) {
    endpoint =
        new AwsEndpoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            keys,
            AwsEndpoint.Offer.toEverybody(new WhoCalls("AWSStepFunctions")),
            time.work("requests"),
            new AwsDispatcher.Check(true, InstantSource.fixed(now)));
  }

  @AfterEach
  void close() {
    endpoint.close();
    time.close();
  }

  private String caller(String id, String secret) {
    return caller(id, secret, endpoint.uri(), UrlConnectionHttpClient.create());
  }

  private static String caller(String id, String secret, URI at, SdkHttpClient by) {
    try (var client =
        SfnClient.builder()
            .endpointOverride(at)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
            .httpClient(by)
            .build()) {
      return client.listStateMachines().stateMachines().getFirst().name();
    }
  }

  @Test
  void knowsItsCallersByTheirKeys() {
    start(false);
    assertEquals("Wake", caller(keys.of("Wake").id(), "whatever"));
    assertEquals("anonymous", caller("AKIAUNKNOWN", "whatever"));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, true", "PT14M, true", "-PT14M, true", "PT16M, false", "-PT16M, false"})
  void aSignatureHasAnAge(Duration age, boolean fresh) {
    startAt(Instant.now().plus(age));
    var key = keys.of("Wake");
    if (fresh) {
      assertEquals("Wake", caller(key.id(), key.secret()));
    } else {
      var refused = assertThrows(SfnException.class, () -> caller(key.id(), key.secret()));
      assertEquals("InvalidSignatureException", refused.awsErrorDetails().errorCode());
    }
  }

  @Test
  void asksForKnownKeysAndTheirSignaturesWhenItMust() throws Exception {
    start(true);
    var key = keys.of("operator");
    assertEquals("operator", caller(key.id(), key.secret()));
    assertEquals(
        "InvalidSignatureException",
        assertThrows(SfnException.class, () -> caller(key.id(), "wrong"))
            .awsErrorDetails()
            .errorCode());
    assertEquals(
        "UnrecognizedClientException",
        assertThrows(SfnException.class, () -> caller("AKIAUNKNOWN", "any"))
            .awsErrorDetails()
            .errorCode());
    assertEquals(403, post("AWSStepFunctions.ListStateMachines", "{}").statusCode());
  }

  @Test
  void answersInThisProcessAsOverTheNetwork() {
    start(true);
    var key = keys.of("Wake");
    var inside = endpoint.inProcess();
    assertEquals("Wake", caller(key.id(), key.secret(), endpoint.uri(), inside));
    var wrong =
        assertThrows(SfnException.class, () -> caller(key.id(), "wrong", endpoint.uri(), inside));
    assertEquals("InvalidSignatureException", wrong.awsErrorDetails().errorCode());
    assertEquals(403, wrong.statusCode());
    try (var mail =
        SesClient.builder()
            .endpointOverride(endpoint.uri())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.id(), key.secret())))
            .httpClient(inside)
            .build()) {
      var sent =
          mail.sendEmail(
              m -> m.source("a@b.example").message(t -> t.subject(u -> u.data("x+y z"))));
      assertEquals("Wake", sent.messageId());
    }
  }

  @Test
  void whatWasAskedGoesOnWhenTheCallerIsInterrupted() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var done = new CompletableFuture<Boolean>();
    var slow =
        new WhoCalls(
            "AWSStepFunctions",
            () -> {
              begun.countDown();
              go.await();
              done.complete(Thread.currentThread().isInterrupted());
            });
    start(false, AwsEndpoint.Offer.toEverybody(slow));
    var told = new CompletableFuture<Throwable>();
    var caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    listing().call();
                  } catch (IOException e) {
                    told.complete(e);
                  }
                });
    begun.await();
    caller.interrupt();
    assertInstanceOf(InterruptedIOException.class, told.get(2, TimeUnit.MINUTES));
    go.countDown();
    assertFalse(done.get(2, TimeUnit.MINUTES), "the service was not interrupted");
  }

  @Test
  void aClosedEndpointTakesNoMoreRequests() {
    start(false);
    var call = listing();
    endpoint.close();
    assertThrows(ConnectException.class, call::call);
  }

  private ExecutableHttpRequest listing() {
    return endpoint
        .inProcess()
        .prepareRequest(
            HttpExecuteRequest.builder()
                .request(
                    SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(endpoint.uri())
                        .putHeader("X-Amz-Target", "AWSStepFunctions.ListStateMachines")
                        .build())
                .build());
  }

  @Test
  void requestsToOtherPlacesGoThere() {
    start(false);
    var other = endpoint;
    var elsewhere = other.uri();
    start(false);
    try (other) {
      assertEquals("anonymous", caller("AKIAUNKNOWN", "any", elsewhere, endpoint.inProcess()));
    }
    assertThrows(
        SdkClientException.class, () -> caller("any", "any", elsewhere, endpoint.inProcess()));
  }

  @Test
  void tellsMistakesInTheProtocol() throws Exception {
    start(false);
    var unknown = post("Nothing.Known", "{}");
    assertEquals(400, unknown.statusCode());
    assertEquals(
        "UnknownOperationException",
        unknown.headers().firstValue("x-amzn-ErrorType").orElseThrow());
    assertEquals(400, post("AWSStepFunctions.ListStateMachines", "[").statusCode());
  }

  @Test
  void tellsOfAMalformedForm() throws Exception {
    start(false);
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(endpoint.uri() + "/"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("Action=SendEmail&Source=%zz"))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(400, answer.statusCode());
      assertTrue(answer.body().contains("<Code>MalformedQueryString</Code>"), answer.body());
    }
  }

  private HttpResponse<String> post(String target, String body) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(endpoint.uri() + "/"))
              .header("X-Amz-Target", target)
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
