package dev.slipway.local.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.probe.ProbeResult;
import dev.slipway.probe.RunnerMessage;
import dev.slipway.systems.net.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The three requests that a runner makes of Slipway, each signed with its own key. */
public final class RunnerApi {
  private static final Duration PATIENCE = Duration.ofSeconds(35);
  private static final int LARGEST_ANSWER = 256 * 1024;
  private static final int NONCE_BYTES = 16;

  private final HttpClient http;
  private final URI base;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param base the API's address, without a slash at its end
   * @param clock the time that requests are signed with
   */
  public RunnerApi(HttpClient http, URI base, InstantSource clock) {
    this(http, base, clock, new SecureRandom());
  }

  RunnerApi(HttpClient http, URI base, InstantSource clock, RandomGenerator random) {
    this.http = http;
    this.base = base;
    this.clock = clock;
    this.random = random;
  }

  /** Slipway's answer. */
  public sealed interface Answer {
    /** It did what was asked. */
    record Done(JsonNode body) implements Answer {}

    /**
     * It refused, and will go on refusing.
     *
     * @param code the kind of problem, such as {@code runner.revoked}
     */
    record Refused(int status, String code, String detail) implements Answer {}

    /**
     * It could not be asked now.
     *
     * @param after when to ask again, if it said so
     */
    record Later(String why, Optional<Duration> after) implements Answer {}
  }

  /** Trades a code for the enrolment of a key. */
  public Answer redeem(EnrolmentCode code, RunnerKey key) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("secret", code.secret())
            .put("publicKey", key.publicKey());
    return send("enrol", key, "", path(key) + "/redeem", Optional.of(body));
  }

  /** Asks for the probes that wait. */
  public Answer fetch(RunnerKey key) {
    return send("fetch", key, "", path(key) + "/probes", Optional.empty());
  }

  /** Hands a result in. */
  public Answer post(RunnerKey key, ProbeResult result) {
    return send(
        "result",
        key,
        result.probe(),
        path(key) + "/probes/" + result.probe() + "/result",
        Optional.of(Json.tree(result)));
  }

  private static String path(RunnerKey key) {
    return "/onboardings/" + key.onboarding() + "/probe-runners/" + key.runner();
  }

  private Answer send(
      String action, RunnerKey key, String probe, String path, Optional<JsonNode> body) {
    byte[] bytes = body.map(JsonNode::toString).orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    RunnerMessage message =
        new RunnerMessage(
            action,
            key.onboarding(),
            key.runner(),
            probe,
            clock.instant().toString(),
            HexFormat.of().formatHex(nonce),
            RunnerMessage.hash(bytes));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .header(RunnerMessage.TIME, message.time())
            .header(RunnerMessage.NONCE, message.nonce())
            .header(RunnerMessage.SIGNATURE, message.sign(key.key()));
    if (body.isPresent()) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(bytes));
    }
    try {
      return answer(http.send(request.build(), BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      return new Answer.Later(
          "Slipway at " + base + " cannot be reached" + way() + ": " + why(e), Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Later("interrupted", Optional.empty());
    }
  }

  /** The proxy in between, if there is one, for then it is the one that was not reached. */
  private String way() {
    return http.proxy().stream()
        .flatMap(selector -> selector.select(base).stream())
        .map(Proxy::address)
        .filter(InetSocketAddress.class::isInstance)
        .map(InetSocketAddress.class::cast)
        .map(proxy -> " through the proxy " + proxy.getHostString() + ":" + proxy.getPort())
        .findFirst()
        .orElse("");
  }

  /** The JDK tells some of it in the classes of exceptions only. */
  private static String why(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the host's name is not known here";
      }
      if (cause instanceof CertPathBuilderException) {
        return "its certificate is of no trusted authority; --ca names others";
      }
    }
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    return e instanceof ConnectException ? "connection refused" : e.getClass().getSimpleName();
  }

  private Answer answer(HttpResponse<InputStream> response) throws IOException {
    byte[] bytes;
    try (InputStream in = response.body()) {
      bytes = in.readNBytes(LARGEST_ANSWER + 1);
    }
    int status = response.statusCode();
    JsonNode body = bytes.length > LARGEST_ANSWER ? null : json(bytes);
    if (status == 429 || status >= 500) {
      return new Answer.Later("Slipway answered " + status, retryAfter(response));
    }
    if (body == null) {
      return new Answer.Refused(
          status,
          "answer.not-slipway",
          base
              + " answered "
              + status
              + " with a text that is not Slipway's JSON; a proxy or a portal in between may"
              + " have answered in its place.");
    }
    if (status / 100 != 2) {
      return new Answer.Refused(
          status,
          body.path("code").asText(""),
          body.path("detail").asText(body.path("message").asText("status " + status)));
    }
    return new Answer.Done(body);
  }

  private static JsonNode json(byte[] bytes) {
    try {
      JsonNode body = Json.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
      return body != null && body.isObject() ? body : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private Optional<Duration> retryAfter(HttpResponse<?> response) {
    Instant now = clock.instant();
    return response
        .headers()
        .firstValue("Retry-After")
        .flatMap(text -> RetryAfter.parse(text, now))
        .map(at -> Duration.between(now, at));
  }
}
