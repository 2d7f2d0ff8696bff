package dev.slipway.enterprise.cloudconnectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.Nex;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The app on Nex! that runs a connector. Its name, {@code <application>-<environment>}, is its
 * natural key: one that is there is adopted, and only one that this task made is removed again.
 * Nothing shows the values of its variables.
 */
final class ConnectorApp {
  static final String APP_KEYS = "cloud-app";

  private static final String PROBE = "GET /api/v1/apps";

  private final Work work;
  private final HttpPort http;
  private final OnPremiseConnector connector;
  private final Nex nex;
  private final MadeOnNex made;
  private final JsonNode provider;
  private final JsonNode keys;

  ConnectorApp(Work work, HttpPort http, OnPremiseConnector connector, Nex nex) {
    this.work = work;
    this.http = http;
    this.connector = connector;
    this.nex = nex;
    this.made = new MadeOnNex(work, "app");
    this.provider = work.secret(APP_KEYS, "provider", "domain", "domainPrefix", "redirectUri");
    this.keys = work.secret(OnPremiseConnector.KEYS, "envName");
  }

  /** The field that says from which image it is made. */
  String field() {
    return "release.connectors." + connector.nid();
  }

  /** What a person's statement about it rests on. */
  About about() {
    return work.about(field()).and("keys", keyVersions());
  }

  /** What a person needs to make it. */
  String lines() {
    JsonNode release = release();
    return "App: "
        + connector.app()
        + "\nImage: "
        + release.path("image").asText()
        + ":"
        + release.path("tag").asText()
        + "\nNodes: "
        + nodes()
        + "\nVariables: "
        + String.join(", ", names())
        + "\nTake the provider's keys from the app in its portal, and the environment's from the"
        + " developer platform; make the encryption keys and the login of the jobs yourself.";
  }

  /** Makes it unless it is there. */
  Finding ensure() {
    Optional<Nex.App> present = nex.app(connector.app());
    Nex.App app = present.orElseGet(this::create);
    if (isOwn(app)) {
      String kept =
          work.remember(Note.Kind.RESOURCE, "keys:" + app.id(), Json.tree(keyVersions())).asText();
      if (!kept.equals(keyVersions())) {
        throw left("The app still has the keys of before: nobody can change them but by nex-cli.");
      }
    }
    if (!image(app).equals(wantedImage())) {
      throw left("The app runs " + image(app) + ", and the release says " + wantedImage() + ".");
    }
    return told(app);
  }

  /** Looks at it. */
  Finding look() {
    Nex.App app = app();
    if (!image(app).equals(wantedImage())) {
      throw unmet(
          "nex.other-image",
          "The app runs " + image(app) + ", and the release says " + wantedImage() + ".",
          "Deploy the release's image, or correct the element; then retry.");
    }
    return told(app);
  }

  /** The app, which has to be there. */
  Nex.App app() {
    return nex.app(connector.app())
        .orElseThrow(
            () ->
                unmet(
                    "nex.app-missing",
                    "Nex! has no app " + connector.app() + ".",
                    "Make it under this name; then retry."));
  }

  /** Whether this task made it. */
  boolean isOwn(Nex.App app) {
    return made.isOwn(app.id());
  }

  /** Removes it if this task made it; answers what was done. */
  Optional<String> remove() {
    return nex.app(connector.app())
        .filter(this::isOwn)
        .map(
            app -> {
              nex.removeApp(app.id());
              return "the app " + connector.app() + " is removed";
            });
  }

  private Nex.App create() {
    ConnectorSecrets secrets = ConnectorSecrets.ensure(work);
    JsonNode release = release();
    Nex.NewApp wanted =
        new Nex.NewApp(
            connector.app(),
            release.path("image").asText(),
            release.path("tag").asText(),
            nodes(),
            variables(secrets));
    made.make(() -> nex.create(wanted).id());
    return nex.app(connector.app())
        .orElseThrow(() -> left("Nex! took the app " + connector.app() + " and does not have it."));
  }

  private Finding told(Nex.App app) {
    Set<String> missing = names();
    missing.removeAll(app.variables());
    if (!app.variables().isEmpty() && !missing.isEmpty()) {
      throw unmet(
          "nex.variable-missing",
          "The app " + connector.app() + " lacks the variables " + String.join(", ", missing) + ".",
          "Set them with nex-cli and restart the app; then retry.");
    }
    return new Finding(
        PROBE,
        host(),
        connector.app()
            + " of "
            + image(app)
            + ", "
            + app.nodes()
            + " node(s), "
            + (isOwn(app) ? "made by this task" : "which was there before")
            + "; variables "
            + (app.variables().isEmpty() ? "not shown" : String.join(", ", app.variables())));
  }

  private SystemTrouble left(String message) {
    return new SystemTrouble(Nex.SYSTEM, Kind.NOT_PERMITTED, message, PROBE, host(), "");
  }

  private UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement(code, Nex.SYSTEM, field(), message, nextStep);
  }

  private JsonNode release() {
    JsonNode release = work.element("release").path("connectors").path(connector.nid());
    if (release.isMissingNode()) {
      throw unmet(
          "release.connector-missing",
          "The release does not say from which image the connector runs.",
          "Add `" + connector.nid() + "` to the connectors of the element; then retry.");
    }
    return release;
  }

  /** The values are secrets. */
  private Map<String, String> variables(ConnectorSecrets own) {
    Map<String, String> all = new TreeMap<>();
    all.put("encryption_key1", own.encryptionKey1());
    all.put("encryption_key2", own.encryptionKey2());
    all.put("REDIS_URL", release().path("redisUrl").asText());
    all.put("SIDEKIQ_USERNAME", own.jobsUser());
    all.put("SIDEKIQ_PASSWORD", own.jobsPassword());
    all.put("MNO_DEVPL_HOST", connector.platform(work, http).against());
    all.put("MNO_DEVPL_API_PATH", "/api/config/v1/marketplaces");
    all.put("MNO_DEVPL_ENV_NAME", keys.path("envName").asText());
    all.put("MNO_DEVPL_ENV_KEY", keys.path("envKey").asText());
    all.put("MNO_DEVPL_ENV_SECRET", keys.path("envSecret").asText());
    appKeys().forEach((field, name) -> all.put(name, provider.path(field).asText()));
    return all;
  }

  private Set<String> names() {
    return new TreeMap<>(variables(ConnectorSecrets.of(Json.MAPPER.createObjectNode()))).keySet();
  }

  /**
   * The provider's keys: field of the credential to variable. Salesforce's names are those of
   * connector-salesforce; the others' are unverified.
   */
  private Map<String, String> appKeys() {
    String prefix = connector.nid().replace('-', '_') + "_";
    return provider.path("provider").asText().equals("unleashed")
        ? Map.of("apiId", prefix + "api_id", "apiKey", prefix + "api_key")
        : Map.of("clientId", prefix + "client_id", "clientSecret", prefix + "client_secret");
  }

  private String keyVersions() {
    return work.secretVersion(APP_KEYS) + "/" + work.secretVersion(OnPremiseConnector.KEYS);
  }

  private int nodes() {
    return release().path("nodes").asInt(1);
  }

  private String wantedImage() {
    return release().path("image").asText() + ":" + release().path("tag").asText();
  }

  private static String image(Nex.App app) {
    return app.image() + ":" + app.tag();
  }

  private String host() {
    return work.element("component-hosts").path(connector.environment()).path("nex").asText();
  }
}
