package dev.slipway.local.sandbox.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Records;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;

/**
 * Google's token endpoint for service accounts (RFC 7523) and the Analytics Admin API v1beta, by
 * its discovery document; unverified: the bodies of errors. The world's part {@code
 * google-analytics-admin}: {@code serviceAccounts} (address to public key, X.509 in Base64), {@code
 * accounts}, {@code properties}, {@code streams}. A new stream's measurement id is known to {@code
 * google-analytics.ids}.
 */
public final class GoogleAnalyticsAdmin extends RestStandIn {
  private static final String SYSTEM = "google-analytics-admin";
  private static final String TOKEN = "ya29.sandbox-";
  private static final String API = "analyticsadmin.googleapis.com/v1beta/";

  private final World world;
  private final InstantSource clock;
  private final Records properties;
  private final Records streams;

  /** Google with the world's service accounts, none at first. */
  public GoogleAnalyticsAdmin(World world, InstantSource clock) {
    super(
        world,
        SYSTEM,
        Site.https("oauth2.googleapis.com", "203.0.113.153"),
        Site.https("analyticsadmin.googleapis.com", "203.0.113.154"));
    this.world = world;
    this.clock = clock;
    this.properties = new Records(world, SYSTEM, "properties");
    this.streams = new Records(world, SYSTEM, "streams");
    on("POST oauth2.googleapis.com/token", this::token);
    on("GET " + API + "accountSummaries", this::accounts);
    on("GET " + API + "properties", this::properties);
    on("POST " + API + "properties", this::newProperty);
    on("GET " + API + "properties/{id}", this::property);
    on("DELETE " + API + "properties/{id}", this::trash);
    on("GET " + API + "properties/{id}/dataStreams", this::streams);
    on("POST " + API + "properties/{id}/dataStreams", this::newStream);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("serviceAccounts");
    part.putArray("accounts")
        .addObject()
        .put("name", "accountSummaries/100")
        .put("account", "accounts/100")
        .put("displayName", "Customer Example");
    part.putArray("properties");
    part.putArray("streams");
    return part;
  }

  private HttpAnswer token(RestCall call) {
    String[] parts = call.parameter("assertion").split("\\.", -1);
    JsonNode claims = parts.length == 3 ? Json.parse(decoded(parts[1])) : Json.object();
    String email = claims.path("iss").asText();
    String key = world.read(SYSTEM, part -> part.path("serviceAccounts").path(email).asText());
    if (key.isEmpty() || !isSigned(parts, key)) {
      return HttpAnswer.json(
          400,
          Json.object()
              .put("error", "invalid_grant")
              .put("error_description", "Invalid JWT Signature."));
    }
    if (claims.path("exp").asLong() < clock.instant().getEpochSecond()) {
      return HttpAnswer.json(400, Json.object().put("error", "invalid_grant"));
    }
    return ok(
        Json.object()
            .put("access_token", TOKEN + email)
            .put("expires_in", 3599)
            .put("token_type", "Bearer"));
  }

  private HttpAnswer accounts(RestCall call) {
    authorized(call);
    return ok(listed("accountSummaries", world.read(SYSTEM, p -> p.path("accounts").deepCopy())));
  }

  private HttpAnswer properties(RestCall call) {
    authorized(call);
    String parent = call.parameter("filter").replaceFirst("^parent:", "");
    return ok(listed("properties", properties.where("parent", parent)));
  }

  private HttpAnswer newProperty(RestCall call) {
    authorized(call);
    ObjectNode added = properties.add(call.json()).orElseThrow();
    String id = added.path("id").asText();
    return found(properties.patch(id, Json.object().put("name", "properties/" + id)));
  }

  private HttpAnswer property(RestCall call) {
    authorized(call);
    return found(properties.byId(call.path("id")).map(GoogleAnalyticsAdmin::shown));
  }

  private HttpAnswer trash(RestCall call) {
    authorized(call);
    return properties.remove(call.path("id")) ? ok(Json.object()) : notFound();
  }

  private HttpAnswer streams(RestCall call) {
    authorized(call);
    return ok(listed("dataStreams", streams.where("property", call.path("id"))));
  }

  private HttpAnswer newStream(RestCall call) {
    authorized(call);
    ObjectNode stream = call.json().deepCopy();
    String id =
        streams.add(stream.put("property", call.path("id"))).orElseThrow().path("id").asText();
    String measurement = "G-5ANDB0X" + (100 + Integer.parseInt(id));
    world.edit("google-analytics", part -> part.withArrayProperty("ids").add(measurement));
    ObjectNode more = Json.object();
    more.put("name", "properties/%s/dataStreams/%s".formatted(call.path("id"), id));
    more.putObject("webStreamData").put("measurementId", measurement);
    return found(streams.patch(id, more).map(GoogleAnalyticsAdmin::shown));
  }

  private void authorized(RestCall call) {
    String bearer = call.http().header("authorization").orElse("").replaceFirst("^Bearer ", "");
    String email = bearer.startsWith(TOKEN) ? bearer.substring(TOKEN.length()) : "";
    if (!world.read(SYSTEM, part -> part.path("serviceAccounts").has(email))) {
      ObjectNode answer = Json.object();
      answer.putObject("error").put("code", 401).put("status", "UNAUTHENTICATED");
      throw new Refusal(HttpAnswer.json(401, answer));
    }
  }

  /** Google leaves an empty list out. */
  private static ObjectNode listed(String name, ArrayNode records) {
    ObjectNode answer = Json.object();
    records.forEach(each -> answer.withArrayProperty(name).add(shown(each)));
    return answer;
  }

  /** Without the fields by which the world finds it. */
  private static JsonNode shown(JsonNode record) {
    ObjectNode shown = record.deepCopy();
    shown.remove("id");
    shown.remove("property");
    return shown;
  }

  private static String decoded(String base64) {
    return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static boolean isSigned(String[] parts, String key) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
