package dev.slipway.local.sandbox.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.util.List;

/**
 * Google's script for a measurement id. That an id which nobody created is answered with 404 is
 * reported, not documented.
 *
 * <p>The world's part {@code google-analytics.ids}: the measurement ids that exist.
 */
public final class GoogleTags implements HttpStandIn {
  private static final String SYSTEM = "google-analytics";

  private final World world;

  /** Ids as the world has them. */
  public GoogleTags(World world) {
    this.world = world;
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(Site.https("www.googletagmanager.com", "203.0.113.61"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putArray("ids").add(SandboxDefaults.MEASUREMENT_ID);
    return part;
  }

  @Override
  public Operation operation(HttpCall call) {
    return new Operation(call.method() + " " + call.path(), id(call));
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    boolean known = world.read(SYSTEM, part -> Json.strings(part.path("ids")).contains(id(call)));
    return known && call.path().equals("/gtag/js")
        ? HttpAnswer.of(
            200,
            "application/javascript; charset=UTF-8",
            "// tag of " + id(call) + "\n(function(){})();\n")
        : HttpAnswer.text(404, "Not Found");
  }

  private static String id(HttpCall call) {
    return call.parameters().getOrDefault("id", "");
  }
}
