package dev.slipway.local.sandbox.accounts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * The Geocoding API of Google Maps, by the vendor's OpenAPI description; unverified: the words of
 * its refusals. The world's part {@code google-maps.keys}: key to {@code OK}, to another status, or
 * to the message with which a request is denied.
 */
public final class GoogleMaps extends RestStandIn {
  private static final String SYSTEM = "google-maps";

  private final World world;

  /** Google Maps with the world's keys. */
  public GoogleMaps(World world) {
    super(world, SYSTEM, Site.https("maps.googleapis.com", "203.0.113.151"));
    this.world = world;
    on("GET /maps/api/geocode/json", this::geocode);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("keys").put(SandboxDefaults.GOOGLE_MAPS_KEY, "OK");
    return part;
  }

  private HttpAnswer geocode(RestCall call) {
    String state =
        world.read(
            SYSTEM,
            part ->
                part.path("keys")
                    .path(call.parameter("key"))
                    .asText("The provided API key is invalid. "));
    if (call.parameter("address").isEmpty()) {
      return answer("INVALID_REQUEST", "Invalid request. Missing the 'address' parameter.");
    }
    if (state.equals("OK")) {
      return ok(found());
    }
    return state.matches("[A-Z_]+") ? answer(state, "") : answer("REQUEST_DENIED", state);
  }

  private static ObjectNode found() {
    ObjectNode answer = Json.object().put("status", "OK");
    ObjectNode result = answer.putArray("results").addObject();
    ObjectNode part = result.putArray("address_components").addObject();
    part.put("long_name", "Berlin").put("short_name", "Berlin").putArray("types").add("locality");
    result.put("formatted_address", "10117 Berlin, Germany").put("place_id", "sandbox-berlin");
    result.putArray("types").add("postal_code");
    ObjectNode geometry = result.putObject("geometry").put("location_type", "APPROXIMATE");
    place(geometry.putObject("location"));
    ObjectNode viewport = geometry.putObject("viewport");
    place(viewport.putObject("northeast"));
    place(viewport.putObject("southwest"));
    return answer;
  }

  private static void place(ObjectNode point) {
    point.put("lat", 52.517).put("lng", 13.389);
  }

  private static HttpAnswer answer(String status, String message) {
    ObjectNode answer = Json.object().put("status", status);
    answer.putArray("results");
    if (!message.isEmpty()) {
      answer.put("error_message", message);
    }
    return HttpAnswer.json(200, answer).noted(status);
  }
}
