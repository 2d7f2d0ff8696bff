package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.InputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the onboarding of a customer's file: the one that is named, or the open one of the same
 * checklist and name. So a file that is given twice, or again after a kill, makes one onboarding.
 */
public record CustomerOnboarding(SlipwayApi api, CustomerFile file) {
  private static final Set<String> ENDED = Set.of("SIGNED_OFF", "CANCELLED");

  /**
   * The onboarding, as the API tells it; empty: there is none yet.
   *
   * @param named its id; null: none is named
   * @throws InputException if it is another customer's, or if several are called so
   */
  public Optional<JsonNode> find(String named) {
    if (named != null) {
      JsonNode onboarding = api.onboarding(named).path("onboarding");
      requireSame(onboarding, "name", file.name());
      requireSame(onboarding, "checklist", file.checklist());
      return Optional.of(onboarding);
    }
    requireNamed("checklist", file.checklist());
    requireNamed("name", file.name());
    List<JsonNode> open = called().stream().filter(each -> !hasEnded(each)).toList();
    if (open.size() > 1) {
      throw new InputException(
          "Several onboardings are called %s: name one of %s behind the file."
              .formatted(
                  file.name(),
                  open.stream()
                      .map(each -> each.path("id").asText())
                      .collect(Collectors.joining(", "))));
    }
    return open.stream().findFirst();
  }

  /**
   * Creates it; after a kill in between, or to whoever creates it at the same time, the same one is
   * answered.
   */
  public JsonNode create() {
    long ended = called().stream().filter(CustomerOnboarding::hasEnded).count();
    String key =
        Json.hash(
            Json.tree(Map.of("checklist", file.checklist(), "name", file.name(), "ended", ended)));
    return api.create(file.checklist(), file.name(), "apply-" + key, true).path("onboarding");
  }

  private List<JsonNode> called() {
    return api.all().stream()
        .filter(each -> each.path("name").asText().equals(file.name().replaceAll("\\s+", " ")))
        .filter(each -> each.path("checklist").asText().equals(file.checklist()))
        .toList();
  }

  private static boolean hasEnded(JsonNode onboarding) {
    return ENDED.contains(onboarding.path("state").asText());
  }

  private void requireNamed(String field, String given) {
    if (given.isEmpty()) {
      throw new InputException(
          "%s:1: %s: is missing; say it, or name the onboarding behind the file"
              .formatted(file.source().file(), field));
    }
  }

  private void requireSame(JsonNode onboarding, String field, String given) {
    String there = onboarding.path(field).asText();
    if (!given.isEmpty() && !there.equals(given.replaceAll("\\s+", " "))) {
      throw new InputException(
          "%s:%d: %s: %s is of %s, not of %s: name the right onboarding"
              .formatted(
                  file.source().file(),
                  file.source().line("\n" + field),
                  field,
                  onboarding.path("id").asText(),
                  there,
                  given));
    }
  }
}
