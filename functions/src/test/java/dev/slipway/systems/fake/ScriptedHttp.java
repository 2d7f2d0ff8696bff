package dev.slipway.systems.fake;

import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A way out without a network, for a client's reading of answers: each answer is written down by
 * method, host and path, and what was asked is remembered.
 *
 * <pre>{@code
 * ScriptedHttp http = new ScriptedHttp().on("GET api.crm.example/v2/me", Response.json("{}"));
 * }</pre>
 */
public final class ScriptedHttp implements HttpPort {

  private final Map<String, Response> answers = new HashMap<>();
  private final List<HttpCall> calls = new ArrayList<>();

  /** Answers a route so from now on. */
  public ScriptedHttp on(String route, Response answer) {
    answers.put(route, answer);
    return this;
  }

  /** What was asked so far. */
  public List<HttpCall> calls() {
    return List.copyOf(calls);
  }

  @Override
  public HttpAnswer send(HttpCall call) {
    calls.add(call);
    String route = call.method() + " " + call.uri().getHost() + call.uri().getPath();
    Response answer = answers.get(route);
    if (answer == null) {
      throw new AssertionError("no answer is written down for " + route);
    }
    Map<String, List<String>> headers =
        answer.headers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> List.of(header.getValue())));
    return new HttpAnswer(call, answer.status(), headers, Bytes.of(answer.body()), Instant.EPOCH);
  }
}
