package dev.slipway.local.sandbox.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.util.Map;

/**
 * Google's script for a measurement id. That an id which nobody created is answered with 404 is
 * reported, not documented.
 *
 * <p>The world's part {@code google-analytics}: {@code ids}, the measurement ids that exist, and
 * {@code containers} of Tag Manager, id to the measurement ids that were published in it.
 */
public final class GoogleTags extends RestStandIn {
  private static final String SYSTEM = "google-analytics";

  private final World world;

  /** Ids as the world has them. */
  public GoogleTags(World world) {
    super(world, SYSTEM, Site.https("www.googletagmanager.com", "203.0.113.61"));
    this.world = world;
    on("GET /gtag/js", this::script);
    on("GET /gtm.js", this::container);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putArray("ids").add(SandboxDefaults.MEASUREMENT_ID);
    part.putObject("containers");
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

  @Override
  public Map<String, Act> acts() {
    return Map.of("publish-tag", this::publish);
  }

  /** A person adds a tag to a container, and publishes the container. */
  private JsonNode publish(JsonNode details) {
    return world.change(
        SYSTEM,
        part ->
            part.withObjectProperty("containers")
                .withArrayProperty(details.path("container").asText())
                .add(details.path("measurementId").asText())
                .deepCopy());
  }

  private HttpAnswer container(RestCall call) {
    String id = call.parameter("id");
    JsonNode tags =
        world.read(SYSTEM, part -> part.path("containers").path(id).<JsonNode>deepCopy());
    return tags.isArray()
        ? HttpAnswer.of(
            200, "application/javascript; charset=UTF-8", "// " + id + "\nvar data=" + tags + ";")
        : notFound();
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
