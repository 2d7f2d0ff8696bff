package dev.slipway.local.sandbox.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * Google's script for a measurement id. That an id which nobody created is answered with 404 is
 * reported, not documented.
 *
 * <p>The world's part {@code google-analytics.ids}: the measurement ids that exist.
 */
public final class GoogleTags extends RestStandIn {
  private static final String SYSTEM = "google-analytics";

  private final World world;

  /** Ids as the world has them. */
  public GoogleTags(World world) {
    super(world, SYSTEM, Site.https("www.googletagmanager.com", "203.0.113.61"));
    this.world = world;
    on("GET /gtag/js", this::script);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putArray("ids").add(SandboxDefaults.MEASUREMENT_ID);
    return part;
  }

  @Override
  protected String key(RestCall call) {
    return call.parameter("id");
  }

  @Override
  protected HttpAnswer notFound() {
    return HttpAnswer.text(404, "Not Found");
  }

  private HttpAnswer script(RestCall call) {
    String id = call.parameter("id");
    return world.read(SYSTEM, part -> Json.strings(part.path("ids")).contains(id))
        ? HttpAnswer.of(
            200,
            "application/javascript; charset=UTF-8",
            "// tag of " + id + "\n(function(){})();\n")
        : notFound();
  }
}
