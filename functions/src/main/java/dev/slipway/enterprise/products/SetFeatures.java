package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.TenantSettings;
import dev.slipway.enterprise.products.SeriesFlags.Place;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.maestrano.ExpressAdmin;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * M15: a tenant has the features that were chosen. From series 4 on they are settings in the hub,
 * which the frontend takes when it restarts; in series 3 the vendor enters them. A visitor's
 * browser has the last word.
 */
public final class SetFeatures extends TaskFunction {
  private static final String FEATURES = "features";

  /** From this series on the hub has the settings. */
  private static final int WITH_HUB = 4;

  /** Whoever may not, or a hub that does not know the setting. */
  private static final Set<Kind> REFUSED =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final HttpPort http;

  /** For Lambda. */
  public SetFeatures() {
    this(FunctionContext.lambda());
  }

  public SetFeatures(FunctionContext context) {
    this(context, context.egress());
  }

  SetFeatures(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    ExpressSite site = new ExpressSite(work, http);
    SeriesFlags series = series(work, site);
    Map<String, JsonNode> config = series.wanted(Place.CONFIG, work.element(FEATURES));
    boolean isByHub = series.series() >= WITH_HUB;
    PersonStep write = step(work, "write").snippet("Settings", lines(config));
    if (isByHub) {
      TenantSettings settings = settings(work, site);
      write
          .machine(
              () -> {
                Finding changed = settings.ensure(config);
                entered(settings, series, config);
                return changed;
              })
          .orPerson(() -> entered(settings, series, config));
    } else {
      write.attested();
    }
    Map<String, JsonNode> metadata = series.wanted(Place.METADATA, work.element(FEATURES));
    TenantSettings hub = metadata(work, site);
    step(work, "metadata")
        .snippet("Settings", lines(metadata))
        .machine(() -> hub.ensure(metadata))
        .orPerson(() -> shown(hub, metadata));
    Map<String, JsonNode> built = series.wanted(Place.BUILD, work.element(FEATURES));
    if (built.values().stream().anyMatch(JsonNode::asBoolean)) {
      work.step("build-flags").about(FEATURES).snippet("Settings", lines(built)).attested();
    }
    restart(work, site, series, config);
  }

  @Override
  protected void verify(Work work) {
    ExpressSite site = new ExpressSite(work, http);
    SeriesFlags series = series(work, site);
    Map<String, JsonNode> config = series.wanted(Place.CONFIG, work.element(FEATURES));
    if (series.series() >= WITH_HUB) {
      work.step("write")
          .field(FEATURES)
          .machine(() -> entered(settings(work, site), series, config));
    }
    VisitorLook look = new VisitorLook(work, site, series, config);
    step(work, "seen").machine(look::finding).orAttested();
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        FEATURES,
        () -> {
          ExpressSite site = new ExpressSite(work, http);
          List<String> done = new ArrayList<>();
          settings(work, site).putBack().map(Finding::answer).ifPresent(done::add);
          metadata(work, site).putBack().map(Finding::answer).ifPresent(done::add);
          return new Finding(
              "put back",
              "https://" + site.hubHost(),
              done.isEmpty()
                  ? "nothing had been changed by machine"
                  : String.join("; ", done) + "; visitors see it after a restart");
        });
  }

  private SeriesFlags series(Work work, ExpressSite site) {
    List<SeriesFlags> found = new ArrayList<>();
    work.step("series")
        .field("tenants")
        .machine(
            () -> {
              Express.Version version = site.express().version();
              found.add(
                  SeriesFlags.of(version.series())
                      .orElseThrow(
                          () ->
                              new UnmetRequirement(
                                  "express.series-unknown",
                                  Express.SYSTEM,
                                  "tenants",
                                  site.host()
                                      + " runs mno-enterprise "
                                      + version.enterprise()
                                      + ", of which no settings are known.",
                                  "Deploy a frontend of series 3, 4 or 5.")));
              return new Finding(
                  "GET /mnoe/version",
                  site.express().against(),
                  "mno-enterprise " + version.enterprise());
            });
    return found.getFirst();
  }

  private void restart(
      Work work, ExpressSite site, SeriesFlags series, Map<String, JsonNode> config) {
    VisitorLook look = new VisitorLook(work, site, series, config);
    PersonStep restart = step(work, "restart");
    if (series.series() < WITH_HUB) {
      restart.machine(look::seenOrLeft).orAttested();
    } else if (work.hasSecret(ExpressAdmin.SYSTEM)) {
      restart.machine(new Restart(work, site, look)::ensure).orPerson(look::finding);
    } else {
      restart.machine(look::seenOrLeft).orPerson(look::finding);
    }
  }

  private static PersonStep step(Work work, String id) {
    return work.step(id).about(FEATURES).field(FEATURES).leftToPerson(REFUSED);
  }

  /** The settings are in the hub; one that is locked with another value is told. */
  private static Finding entered(
      TenantSettings settings, SeriesFlags series, Map<String, JsonNode> wanted) {
    Map<String, JsonNode> other = settings.differing(wanted);
    if (!other.isEmpty()) {
      String path = other.keySet().iterator().next();
      String flag = series.flag(path);
      boolean isLocked = settings.isLocked(path);
      throw new UnmetRequirement(
          isLocked ? "mnohub.feature-locked" : "mnohub.feature-differs",
          MnoHub.SYSTEM,
          FEATURES,
          "The hub has %s = %s%s; `%s` asks for %s."
              .formatted(
                  path,
                  other.get(path),
                  isLocked ? ", locked by " + path + "_readonly" : "",
                  flag,
                  wanted.get(path)),
          isLocked
              ? "Have the vendor unlock it, or correct `%s` in the element `features`."
                  .formatted(flag)
              : "Enter it in the hub, and say so.");
    }
    return new Finding(
        "hub tenant frontend_config", "the hub", wanted.size() + " setting(s) as wanted");
  }

  private static Finding shown(TenantSettings settings, Map<String, JsonNode> wanted) {
    Map<String, JsonNode> other = settings.differing(wanted);
    if (!other.isEmpty()) {
      throw new UnmetRequirement(
          "mnohub.metadata-refused",
          MnoHub.SYSTEM,
          FEATURES,
          "The hub has %s in the tenant's metadata.".formatted(lines(other)),
          "Enter it in the hub's console under Partners, Mnoe Tenants, and say so.");
    }
    return new Finding("hub tenant metadata", "the hub", lines(wanted));
  }

  private static TenantSettings settings(Work work, ExpressSite site) {
    return new TenantSettings(work, site.hub(), TenantSettings.FRONTEND);
  }

  private static TenantSettings metadata(Work work, ExpressSite site) {
    return new TenantSettings(work, site.hub(), TenantSettings.METADATA);
  }

  private static String lines(Map<String, JsonNode> settings) {
    return settings.entrySet().stream()
        .map(each -> each.getKey() + " = " + each.getValue())
        .collect(Collectors.joining("\n"));
  }
}
