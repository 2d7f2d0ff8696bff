package dev.slipway.systems.pusher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.Regions;
import dev.slipway.systems.net.HttpPort;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tests the keys of an environment's app (M59). Reads {@code pusher} {appId: {uat, production}};
 * secret {@code {"appId", "key", "secret", "cluster"}}. Keys of the other environment's app, and of
 * another cluster, are told apart from wrong ones.
 */
public final class PusherCredentialTest implements CredentialTest {
  private static final String PROBE = "GET /apps/{id}/channels";

  /** The clusters of pusher.com/docs/channels/miscellaneous/clusters. */
  private static final List<String> CLUSTERS =
      List.of("mt1", "us2", "us3", "eu", "ap1", "ap2", "ap3", "ap4", "sa1");

  private final HttpPort http;
  private final InstantSource clock;
  private final String environment;

  /**
   * @param at where the credential stands: {@code environment}
   */
  public PusherCredentialTest(HttpPort http, InstantSource clock, Map<String, String> at) {
    this.http = http;
    this.clock = clock;
    this.environment = at.getOrDefault("environment", "uat");
  }

  @Override
  public String system() {
    return Pusher.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given =
        new CredentialInput(system(), secret, elements).choosing("appId", "cluster");
    return Grading.of(
        PROBE, given.redactor(), () -> grade(given, elements.path("pusher").path("appId")));
  }

  private CredentialTestResult grade(CredentialInput given, JsonNode apps) {
    Pusher.App app =
        new Pusher.App(given.secret("appId"), given.secret("key"), given.secret("secret"));
    String cluster = given.secret("cluster");
    Optional<CredentialTestResult> other = ofAnother(app.id(), apps);
    if (other.isPresent()) {
      return other.get();
    }
    int channels = clusters(cluster).ask(cluster, base -> at(base, app).channels());
    return Grading.valid(
        "Pusher accepts the keys of the app.",
        PROBE,
        at(Pusher.address(cluster), app).against(),
        channels + " channel(s) occupied");
  }

  private Optional<CredentialTestResult> ofAnother(String id, JsonNode apps) {
    String wanted = apps.path(environment).asText(id);
    if (wanted.equals(id)) {
      return Optional.empty();
    }
    boolean isTwin = apps.valueStream().anyMatch(each -> each.asText().equals(id));
    return Optional.of(
        Grading.graded(
            Grade.WRONG_REGION_OR_ENV,
            isTwin
                ? "These are the keys of the other environment's app: give those of the app %s."
                    .formatted(wanted)
                : "These are the keys of the app %s, and `pusher.appId.%s` is %s: correct one of them."
                    .formatted(id, environment, wanted),
            PROBE,
            "the element `pusher`",
            "not asked"));
  }

  private Pusher at(URI base, Pusher.App app) {
    return new Pusher(http, clock, base, app);
  }

  private static Regions clusters(String given) {
    Map<String, URI> bases = new TreeMap<>();
    CLUSTERS.forEach(cluster -> bases.put(cluster, Pusher.address(cluster)));
    bases.put(given, Pusher.address(given));
    return new Regions(Pusher.SYSTEM, "the credential's cluster", bases);
  }
}
