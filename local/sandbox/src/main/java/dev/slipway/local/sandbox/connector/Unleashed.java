package dev.slipway.local.sandbox.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Unleashed, as far as keys are proved: {@code GET /Currencies} with a signature over the query, by
 * its page on authentication. The world's part {@code unleashed}: {@code apiId}, {@code apiKey}.
 */
public final class Unleashed extends RestStandIn {

  private static final String SYSTEM = "unleashed";

  private final World world;

  /** Unleashed with the world's company. */
  public Unleashed(World world) {
    super(world, SYSTEM, Site.https("api.unleashedsoftware.com", "203.0.113.148"));
    this.world = world;
    on("GET /Currencies", this::currencies);
  }

  @Override
  public ObjectNode defaults() {
    return Json.object()
        .put("apiId", SandboxDefaults.UNLEASHED_ID)
        .put("apiKey", SandboxDefaults.UNLEASHED_KEY);
  }

  private HttpAnswer currencies(RestCall call) {
    JsonNode part = world.read(SYSTEM, JsonNode::deepCopy);
    String id = part.path("apiId").asText();
    String signature = signature(part.path("apiKey").asText(), call.http().query());
    if (call.http().header("api-auth-id").filter(id::equals).isEmpty()
        || call.http().header("api-auth-signature").filter(signature::equals).isEmpty()) {
      return HttpAnswer.json(
          403,
          Json.object()
              .put("Description", "(403) Forbidden.: Authentication denied - signature mismatch"));
    }
    ObjectNode answer = Json.object();
    answer.putArray("Items").addObject().put("CurrencyCode", "EUR");
    return ok(answer);
  }

  private static String signature(String key, String query) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(query.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
