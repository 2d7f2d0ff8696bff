package dev.slipway.systems.platform;

import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.FakeHttp.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A platform whose methods answer as a test writes down, for a client's reading of answers of any
 * form; unknown methods answer HTTP 404.
 */
final class ScriptedPlatform implements AutoCloseable {

  private final Map<String, Function<Request, Response>> methods = new LinkedHashMap<>();
  private final FakeHttp server =
      new FakeHttp(
          request ->
              methods
                  .getOrDefault(request.uri().getPath(), r -> Response.status(404))
                  .apply(request));

  ScriptedPlatform on(PlatformMethod method, Function<Request, Response> answer) {
    methods.put("/1.0/" + method.path(), answer);
    return this;
  }

  ScriptedPlatform on(PlatformMethod method, String json) {
    return on(method, request -> Response.json(json));
  }

  URI base() {
    return server.uri("/1.0/");
  }

  List<Request> requests() {
    return server.requests();
  }

  @Override
  public void close() {
    server.close();
  }
}
