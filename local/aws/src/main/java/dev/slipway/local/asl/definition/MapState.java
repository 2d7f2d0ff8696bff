package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.expression.Template;
import dev.slipway.local.asl.expression.TypedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the same states for each item of an array; the result is the array of their outputs, in the
 * order of the items. The first iteration that fails ends all.
 *
 * <p>Inline only. The tolerated failures of a distributed Map may be declared in an inline one,
 * where they have no effect; they are evaluated all the same.
 */
public final class MapState extends FallibleState {
  private static final List<String> DISTRIBUTED_ONLY =
      List.of("ItemReader", "ItemBatcher", "ResultWriter", "Label");

  private final Optional<TypedField> items;
  private final Optional<Template> itemSelector;
  private final Optional<TypedField> maxConcurrency;
  private final Optional<TypedField> toleratedCount;
  private final Optional<TypedField> toleratedPercentage;
  private final StateGroup processor;

  MapState(String name, Fields fields, StateReader reader) {
    super(name, fields);
    fields.allow(
        "Type",
        "Comment",
        "QueryLanguage",
        "Next",
        "End",
        "Assign",
        "Output",
        "Items",
        "ItemSelector",
        "ItemProcessor",
        "Iterator",
        "MaxConcurrency",
        "Retry",
        "Catch",
        "ItemReader",
        "ItemBatcher",
        "ResultWriter",
        "Label",
        "ToleratedFailureCount",
        "ToleratedFailurePercentage");
    this.items = fields.typed("Items", "array", value -> value.isArray());
    this.itemSelector = fields.template("ItemSelector");
    this.maxConcurrency = fields.count("MaxConcurrency", 0, Long.MAX_VALUE);
    this.toleratedCount = fields.count("ToleratedFailureCount", 0, Integer.MAX_VALUE);
    this.toleratedPercentage =
        fields.typed("ToleratedFailurePercentage", "percentage", MapState::isPercentage);
    for (String field :
        List.of(
            "Items",
            "ItemSelector",
            "MaxConcurrency",
            "ToleratedFailureCount",
            "ToleratedFailurePercentage")) {
      fields.forbidStates(field, NO_RESULT);
    }
    this.processor = processor(fields, reader);
  }

  private static boolean isPercentage(JsonNode value) {
    return value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 100;
  }

  /** {@code Iterator} is the old name of {@code ItemProcessor}. */
  private static StateGroup processor(Fields fields, StateReader reader) {
    boolean old = fields.has("Iterator") && !fields.has("ItemProcessor");
    Fields processor = fields.child(old ? "Iterator" : "ItemProcessor");
    processor.allow("Comment", "ProcessorConfig", "StartAt", "States");
    String mode = processor.raw("ProcessorConfig").path("Mode").asText("INLINE");
    switch (mode) {
      case "DISTRIBUTED" -> fields.problems().unsupported("Distributed Map", fields.location());
      case "INLINE" -> {
        for (String field : DISTRIBUTED_ONLY) {
          if (fields.has(field)) {
            fields.problem("Field '" + field + "' is not supported by an INLINE Map state", "");
          }
        }
      }
      default ->
          processor.problem("Value is not one of: INLINE, DISTRIBUTED", "ProcessorConfig/Mode");
    }
    return reader.group(processor);
  }

  @Override
  public String type() {
    return "Map";
  }

  @Override
  public void enter(Visit visit) {
    List<JsonNode> values = new ArrayList<>();
    items(visit).forEach(values::add);
    int concurrency =
        maxConcurrency
            .map(field -> field.integer(visit.scope(), 0, Long.MAX_VALUE))
            .map(most -> (int) Math.min(most, Integer.MAX_VALUE))
            .orElse(0);
    toleratedCount.ifPresent(field -> field.integer(visit.scope(), 0, Integer.MAX_VALUE));
    toleratedPercentage.ifPresent(field -> field.number(visit.scope(), 0, 100));
    List<JsonNode> inputs = new ArrayList<>(values);
    itemSelector.ifPresent(
        selector -> {
          for (int i = 0; i < values.size(); i++) {
            inputs.set(
                i, selector.evaluate(visit.scopeOf(new MapItem(i, values.get(i))), "ItemSelector"));
          }
        });
    visit.iterate(new MapRun(processor, values, inputs, concurrency));
  }

  private JsonNode items(Visit visit) {
    if (items.isPresent()) {
      return items.get().array(visit.scope());
    }
    if (!visit.input().isArray()) {
      throw StateFailure.evaluation(
          null, "Map state input must be an array but was: " + visit.input());
    }
    return visit.input();
  }

  /** The states that run for each item. */
  public StateGroup processor() {
    return processor;
  }
}
