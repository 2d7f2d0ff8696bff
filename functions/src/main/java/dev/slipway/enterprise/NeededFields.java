package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.RuleWords;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.util.List;

/**
 * Fields that are needed because of what another field says.
 *
 * <pre>{@code
 * new NeededFields("MonitoringComplete", "monitoring", List.of(
 *     new NeededFields.Need("account", List.of("existing"), List.of("accountId"))))
 * }</pre>
 *
 * @param name as the checklist refers to it
 * @param code what the code of its errors begins with: {@code monitoring.missing}
 */
public record NeededFields(String name, String code, List<Need> needs) implements ElementCheck {
  /**
   * Fields that are needed while a field has one of these values.
   *
   * @param field of the value itself
   * @param values texts, or {@code true} and {@code false}
   * @param needed fields of the value itself
   */
  public record Need(String field, List<String> values, List<String> needed) {}

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode value = subject.value();
    return needs.stream()
        .filter(need -> need.values().contains(value.path(need.field()).asText()))
        .flatMap(
            need ->
                need.needed().stream()
                    .filter(field -> !value.hasNonNull(field))
                    .map(field -> missing(subject, field, need.field())))
        .distinct()
        .toList();
  }

  private ElementFinding missing(CheckSubject subject, String field, String because) {
    JsonNode fields = subject.element().schema().path("properties");
    String needed = fields.path(field).path("title").asText(field);
    return ElementFinding.error(
        code + ".missing",
        "/" + field,
        "“%s” is needed, since “%s” is %s."
            .formatted(
                needed,
                fields.path(because).path("title").asText(because),
                RuleWords.choice(fields.path(because), subject.value().path(because).asText())),
        "Give “%s”.".formatted(needed));
  }
}
