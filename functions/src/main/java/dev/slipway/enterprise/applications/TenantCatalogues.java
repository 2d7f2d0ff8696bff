package dev.slipway.enterprise.applications;

import dev.slipway.enterprise.EnvironmentTenants;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.TaskKey;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An application in the catalogues of an environment's tenants, each asked as itself. That the hub
 * lets a tenant enable an application is unverified: after each write it is read back.
 */
final class TenantCatalogues {
  private static final String FIELD = "applications";
  private static final Set<Kind> REFUSALS =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final Work work;
  private final EnvironmentTenants tenants;
  private final ApplicationFacts facts;

  TenantCatalogues(Work work, EnvironmentTenants tenants) {
    this.work = work;
    this.tenants = tenants;
    this.facts = new ApplicationFacts(work);
  }

  /**
   * Enables the application for each tenant that wants it and has it not.
   *
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} if the hub does not do it for all of them;
   *     it names those that are left
   */
  Finding enable() {
    List<String> done = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (String tenant : tenants.wanting()) {
      MnoHub hub = tenants.hub(tenant);
      if (hub.enabledApp(facts.nid()).isPresent()) {
        done.add(tenant + " has it");
      } else {
        refusal(tenant, hub)
            .ifPresentOrElse(
                why -> left.add(tenant + ": " + why), () -> done.add(tenant + ": enabled"));
      }
    }
    if (!left.isEmpty()) {
      throw new SystemTrouble(
          MnoHub.SYSTEM,
          Kind.NOT_PERMITTED,
          "The hub did not enable `%s` for %s.".formatted(facts.nid(), String.join("; ", left)),
          "PATCH apps/{id}/enable",
          hubAddress(),
          "");
    }
    return new Finding("apps of the hub", hubAddress(), told(done));
  }

  /** Why the hub does not enable it; empty once it has. */
  private Optional<String> refusal(String tenant, MnoHub hub) {
    try {
      Optional<Resource> app = hub.app(facts.nid());
      if (app.isEmpty()) {
        return Optional.of("the hub does not show it to this tenant");
      }
      work.remember(Note.Kind.PREVIOUS, note(tenant), Json.tree(Map.of("enabled", false)));
      hub.enable(app.get(), true);
    } catch (SystemTrouble trouble) {
      if (!REFUSALS.contains(trouble.kind())) {
        throw trouble;
      }
      return Optional.of(trouble.kind().code());
    }
    return hub.enabledApp(facts.nid()).isPresent()
        ? Optional.empty()
        : Optional.of("the hub answered, and changed nothing");
  }

  /** That a person has enabled it for each tenant that wants it. */
  Finding enabled() {
    requireEnabled();
    return new Finding("apps of the hub", hubAddress(), told(tenants.wanting()));
  }

  /** What each tenant's catalogue has; that another tenant has it too is a warning. */
  Finding seen() {
    requireEnabled();
    Integration declared = facts.integration().orElseThrow();
    List<String> seen = new ArrayList<>();
    List<String> wanting = tenants.wanting();
    for (String tenant : tenants.names()) {
      Optional<Resource> app = tenants.hub(tenant).enabledApp(facts.nid());
      if (wanting.contains(tenant)) {
        String stack = app.orElseThrow().text("stack");
        CheckIntegration.requireStack(
            facts, declared, stack, tenants.hub(tenant).against() + " says");
        seen.add(tenant + ": app " + app.get().id() + ", stack " + stack);
      } else if (app.isPresent()) {
        seen.add("warning: " + tenant + " has it and does not want it");
      }
    }
    return new Finding("catalogues of the tenants", hubAddress(), told(seen));
  }

  /** Disables it again for each tenant for which a machine enabled it. */
  Finding putBack() {
    List<String> done = new ArrayList<>();
    for (String tenant : tenants.names()) {
      if (work.remembered(Note.Kind.PREVIOUS, note(tenant)).isPresent()) {
        MnoHub hub = tenants.hub(tenant);
        hub.enabledApp(facts.nid()).ifPresent(app -> hub.enable(app, false));
        if (hub.enabledApp(facts.nid()).isPresent()) {
          throw new UnmetRequirement(
              "application.still-enabled",
              MnoHub.SYSTEM,
              FIELD,
              "The hub answered, and `%s` is still enabled for %s.".formatted(facts.nid(), tenant),
              "Disable it in the hub's console, under Partners, Tenants apps.");
        }
        done.add(tenant + ": disabled again");
      }
    }
    return new Finding(
        "put back",
        hubAddress(),
        done.isEmpty() ? "nothing had been enabled by machine" : told(done));
  }

  private void requireEnabled() {
    List<String> left =
        tenants.wanting().stream()
            .filter(tenant -> tenants.hub(tenant).enabledApp(facts.nid()).isEmpty())
            .toList();
    if (!left.isEmpty()) {
      throw new UnmetRequirement(
          "application.not-enabled",
          MnoHub.SYSTEM,
          FIELD,
          "`%s` is not in the catalogue of %s.".formatted(facts.nid(), String.join(", ", left)),
          "Enable it for them in the hub's console: Partners, Mnoe Tenants (app_management tenant),"
              + " then Partners, Tenants apps.");
    }
  }

  private String hubAddress() {
    return "hub of " + TaskKey.place(work.at("environment"));
  }

  private static String told(List<String> parts) {
    return parts.isEmpty() ? "no tenant wants it" : String.join("; ", parts);
  }

  private static String note(String tenant) {
    return "enabled:" + tenant;
  }
}
