package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.json.Pointers;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Features are of tenants that there are, none lacks what it needs, and the release's frontend has
 * them (M09).
 */
public final class FeaturesAgree implements ElementCheck {
  private static final List<String> OF_MARKETPLACE =
      List.of("pricing", "reviews", "questions", "comparison", "localProducts");

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode value = subject.value();
    JsonNode elements = subject.elements();
    List<ElementFinding> findings = new ArrayList<>();
    TenantNames tenants = TenantNames.of(elements.path("tenants"));
    List<Flags> all = new ArrayList<>();
    all.add(new Flags("/baseline", value.path("baseline"), value.path("baseline")));
    value
        .path("tenants")
        .properties()
        .forEach(
            tenant -> {
              String field = "/tenants/" + Pointers.escape(tenant.getKey());
              tenants.unknown(tenant.getKey(), field).ifPresent(findings::add);
              all.add(new Flags(field, tenant.getValue(), value.path("baseline")));
            });
    all.forEach(flags -> flags(flags, elements, findings));
    boolean hasDashboards = all.stream().anyMatch(flags -> flags.has("impac"));
    pusher(value, elements.path("pusher"), hasDashboards, findings);
    series(elements.path("release"))
        .ifPresent(series -> all.forEach(flags -> unknown(flags, series, findings)));
    return findings;
  }

  /** The settings of the frontend's series, once the release names its version. */
  private static Optional<SeriesFlags> series(JsonNode release) {
    String version = release.path("express").path("version").asText();
    return version.matches("\\d{1,3}\\..*")
        ? SeriesFlags.of(Integer.parseInt(version.split("\\.", 2)[0]))
        : Optional.empty();
  }

  /** What a series has no setting for stays as the series has it. */
  private static void unknown(Flags flags, SeriesFlags series, List<ElementFinding> findings) {
    flags
        .own()
        .fieldNames()
        .forEachRemaining(
            flag -> {
              if (!series.knows(flag)) {
                findings.add(
                    ElementFinding.warning(
                        "features.not-in-series",
                        flags.field() + "/" + flag,
                        "The release's frontend is of series %d, which has no setting for it."
                            .formatted(series.series()),
                        "It stays as the series has it. Leave it out, or have the vendor release a"
                            + " later series."));
              }
            });
  }

  /** Features of a tenant; what it does not say is as for all. */
  private record Flags(String field, JsonNode own, JsonNode baseline) {
    boolean has(String flag) {
      return (own.has(flag) ? own : baseline).path(flag).asBoolean();
    }

    boolean says(String flag) {
      return own.path(flag).asBoolean();
    }
  }

  private static void flags(Flags flags, JsonNode elements, List<ElementFinding> findings) {
    for (String flag : OF_MARKETPLACE) {
      if (flags.says(flag) && !flags.has("marketplace")) {
        findings.add(
            error(
                "no-marketplace",
                flags.field() + "/" + flag,
                "It is shown in the marketplace, which is off.",
                "Switch `marketplace` on, or `%s` off.".formatted(flag)));
      }
    }
    JsonNode payment = elements.path("payment").path("enabled");
    if (flags.own().has("payment")
        && payment.isBoolean()
        && flags.says("payment") != payment.asBoolean()) {
      findings.add(
          error(
              "payment",
              flags.field() + "/payment",
              payment.asBoolean()
                  ? "Users pay by the element `payment`, and cannot enter a means of payment here."
                  : "Users do not pay by the element `payment`.",
              "Give the same answer in both."));
    }
  }

  private static void pusher(
      JsonNode value, JsonNode pusher, boolean hasDashboards, List<ElementFinding> findings) {
    boolean alerts = value.path("alerts").asBoolean();
    if (alerts && !(value.path("kpis").asBoolean() && hasDashboards)) {
      findings.add(
          error(
              "alerts",
              "/alerts",
              "Alerts tell of KPIs on dashboards, and these are off.",
              "Switch `kpis` and `impac` on, or `alerts` off."));
    }
    if (pusher.path("used").isBoolean() && !pusher.path("used").asBoolean()) {
      if (alerts) {
        findings.add(
            error(
                "pusher",
                "/alerts",
                "Alerts need Pusher, which is not used.",
                "Say in the element `pusher` that it is used, or switch `alerts` off."));
      } else if (hasDashboards) {
        findings.add(
            ElementFinding.warning(
                "features.pusher",
                "/baseline/impac",
                "Dashboards use Pusher, and the element `pusher` says that it is not used.",
                "Use Pusher, or have two people waive its row."));
      }
    }
  }

  private static ElementFinding error(String code, String field, String message, String nextStep) {
    return ElementFinding.error("features." + code, field, message, nextStep);
  }
}
