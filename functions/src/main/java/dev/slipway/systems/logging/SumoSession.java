package dev.slipway.systems.logging;

import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Sleeper;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A conversation with Sumo Logic, as its page on troubleshooting describes it. It follows HTTP 301
 * once, to the account's own deployment and no other host, and stays there. It keeps the cookies,
 * without which a search job is not found again. It waits a second at HTTP 429 (4 requests a
 * second): such a call was not carried out, so that a write is repeated as well.
 */
final class SumoSession implements HttpPort {
  private static final Pattern HOST = Pattern.compile("api(?:\\.([a-z0-9]+))?\\.sumologic\\.com");
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int REPEATS = 3;

  private final HttpPort http;
  private final Sleeper sleeper;
  private String host = "";
  private String cookies = "";

  SumoSession(HttpPort http, Sleeper sleeper) {
    this.http = http;
    this.sleeper = sleeper;
  }

  /** The deployment that an answer sends to, such as {@code eu}; {@code us1} is the first one. */
  static Optional<String> deployment(HttpAnswer answer) {
    return matched(answer).map(found -> Optional.ofNullable(found.group(1)).orElse("us1"));
  }

  @Override
  public HttpAnswer send(HttpCall call) {
    HttpAnswer answer = patiently(call);
    if (!host.isEmpty() || answer.status() != 301) {
      return answer;
    }
    Optional<String> elsewhere = matched(answer).map(Matcher::group);
    if (elsewhere.isEmpty()) {
      return answer;
    }
    host = elsewhere.get();
    cookies = "";
    return patiently(call);
  }

  private HttpAnswer patiently(HttpCall call) {
    HttpAnswer answer = once(call);
    for (int i = 0; i < REPEATS && answer.status() == 429 && paused(); i++) {
      answer = once(call);
    }
    return answer;
  }

  private HttpAnswer once(HttpCall call) {
    HttpCall here = host.isEmpty() ? call : at(call, host);
    HttpAnswer answer =
        http.send(cookies.isEmpty() ? here : here.header("Cookie", cookies).redacting(cookies));
    List<String> set = answer.headers().getOrDefault("set-cookie", List.of());
    if (!set.isEmpty()) {
      cookies = set.stream().map(each -> each.split(";", 2)[0]).collect(Collectors.joining("; "));
    }
    return answer;
  }

  private boolean paused() {
    try {
      sleeper.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static HttpCall at(HttpCall call, String host) {
    String query = call.uri().getRawQuery();
    return new HttpCall(
        call.system(),
        call.asked(),
        call.destination(),
        call.method(),
        URI.create(
            "https://" + host + call.uri().getRawPath() + (query == null ? "" : "?" + query)),
        call.headers(),
        call.body(),
        call.readOnly(),
        call.redactor());
  }

  private static Optional<Matcher> matched(HttpAnswer answer) {
    try {
      return answer
          .header("location")
          .map(location -> URI.create(location).getHost())
          .map(HOST::matcher)
          .filter(Matcher::matches);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
