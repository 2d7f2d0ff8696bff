package dev.slipway.local.lint;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The schemas of elements and of steps' answers keep to what forms of the pages can show: known
 * keywords, known annotations, and words for what a pattern asks for. Each credential says which of
 * its fields are secret.
 */
final class SchemasRule implements Rule {
  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "title",
          "description",
          "properties",
          "required",
          "additionalProperties",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "items",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "enum",
          "const",
          "oneOf",
          "if",
          "then",
          "writeOnly",
          "examples",
          "default",
          "x-slipway-file",
          "x-slipway-choices",
          "x-slipway-order",
          "x-slipway-labels",
          "x-slipway-nobody",
          "x-slipway-wrong");

  /** Those whose value is a schema itself. */
  private static final List<String> SCHEMAS =
      List.of("items", "additionalProperties", "propertyNames", "if", "then");

  private static final String WRITE_ONLY = "writeOnly";

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      for (ChecklistFile.Element element : checklist.elements()) {
        LocatedNode schema = element.at().at("schema");
        schema(schema, element.isCredential(), findings);
        boolean hidesSome = !schema.node().findValues(WRITE_ONLY).isEmpty();
        if (element.isCredential() && schema.exists() && !hidesSome) {
          findings.accept(
              schema.finding(
                  "open-secret",
                  "no field of the credential `%s` is `writeOnly`: its secret would be shown"
                      .formatted(element.id())));
        }
      }
      for (ChecklistFile.Task task : checklist.tasks()) {
        task.at().at("steps").items().forEach(step -> schema(step.at("values"), false, findings));
      }
    }
  }

  private static void schema(LocatedNode schema, boolean isSecret, Consumer<LintFinding> findings) {
    if (!schema.node().isObject()) {
      return;
    }
    for (String keyword : schema.fields().keySet()) {
      if (!KEYWORDS.contains(keyword) || (keyword.equals(WRITE_ONLY) && !isSecret)) {
        findings.accept(schema.at(keyword).finding("unknown-keyword", unknown(keyword)));
      }
    }
    if (schema.at("pattern").exists()
        && !schema.at("description").exists()
        && !schema.at("x-slipway-wrong").exists()) {
      findings.accept(
          schema
              .at("pattern")
              .finding(
                  "unexplained-pattern",
                  "say in `description`, or in `x-slipway-wrong`, what the pattern asks for"));
    }
    SCHEMAS.forEach(name -> schema(schema.at(name), isSecret, findings));
    schema.at("oneOf").items().forEach(form -> schema(form, isSecret, findings));
    schema.at("properties").fields().values().forEach(each -> schema(each, isSecret, findings));
  }

  private static String unknown(String keyword) {
    if (keyword.equals(WRITE_ONLY)) {
      return "only a credential has fields that are `writeOnly`";
    }
    return "forms do not know `%s`: take one of %s"
        .formatted(keyword, KEYWORDS.stream().sorted().toList());
  }
}
