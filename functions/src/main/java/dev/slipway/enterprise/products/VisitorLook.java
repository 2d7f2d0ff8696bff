package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.TenantSettings;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.maestrano.VisitorConfig;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a visitor's browser gets the features: the configuration that the frontend serves has
 * each setting, and is not older than the last change in the hub.
 */
final class VisitorLook {
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);

  private final Work work;
  private final ExpressSite site;
  private final SeriesFlags series;
  private final Map<String, JsonNode> wanted;

  VisitorLook(Work work, ExpressSite site, SeriesFlags series, Map<String, JsonNode> wanted) {
    this.work = work;
    this.site = site;
    this.series = series;
    this.wanted = wanted;
  }

  /** As a visitor gets it; told as a problem where it is not. */
  Finding finding() {
    Optional<UnmetRequirement> problem = problem();
    if (problem.isPresent()) {
      throw problem.get();
    }
    return new Finding(
        "configuration in a browser",
        site.express().against(),
        wanted.size() + " setting(s) as wanted");
  }

  /** As above; where it is not seen yet, a person restarts the frontend. */
  Finding seenOrLeft() {
    Optional<UnmetRequirement> problem = problem();
    if (problem.isPresent()) {
      throw notByMachine("No administrator's login is given. " + problem.get().getMessage());
    }
    return finding();
  }

  /** The trouble after which a person restarts the frontend. */
  SystemTrouble notByMachine(String why) {
    return new SystemTrouble(
        Express.SYSTEM, Kind.NOT_PERMITTED, why, "restart", site.express().against(), "");
  }

  /** The settings, path to value. */
  Map<String, JsonNode> wanted() {
    return wanted;
  }

  boolean isSeen() {
    return problem().isEmpty();
  }

  private Optional<UnmetRequirement> problem() {
    if (series.series() > 3) {
      long changed = settings().changedAt();
      OptionalLong served = site.express().configuredAt();
      if (served.orElse(0) < changed) {
        return Optional.of(
            unseen(
                "features",
                "serves a configuration that is older than the last change in the hub"));
      }
    }
    VisitorConfig config = site.express().config(series.series());
    return wanted.entrySet().stream()
        .filter(each -> !config.value(each.getKey()).equals(each.getValue()))
        .findFirst()
        .map(
            each ->
                unseen(
                    "features." + series.flag(each.getKey()),
                    "serves a visitor %s = %s, not %s"
                        .formatted(
                            each.getKey(),
                            config.value(each.getKey()).isMissingNode()
                                ? "nothing"
                                : config.value(each.getKey()),
                            each.getValue())));
  }

  private UnmetRequirement unseen(String field, String what) {
    return new UnmetRequirement(
            "express.feature-not-seen",
            Express.SYSTEM,
            field,
            site.host() + " " + what + ".",
            "Restart the frontend: caches hold its configuration. It is looked at again by itself.")
        .lookedAtAgain(work.now().plus(LOOK_AGAIN));
  }

  TenantSettings settings() {
    return new TenantSettings(work, site.hub(), TenantSettings.FRONTEND);
  }
}
