package dev.slipway.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.json.Json;
import java.util.List;
import java.util.Map;

/**
 * The outline of a plan, which tells it from every other and is small enough to be kept: a later
 * plan is compared with it.
 *
 * @param checklist name and version
 * @param lines by task
 */
public record PlanOutline(String checklist, Map<String, Line> lines) {
  public PlanOutline {
    lines = Map.copyOf(lines);
  }

  /**
   * One task.
   *
   * @param inputs the elements that the task reads: id to a digest of the value
   * @param missing the fields that are missing
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Line(
      Effect effect,
      String rule,
      List<String> waitsFor,
      List<String> missing,
      Map<String, String> inputs) {
    public Line {
      waitsFor = waitsFor == null ? List.of() : List.copyOf(waitsFor);
      missing = missing == null ? List.of() : List.copyOf(missing);
      inputs = inputs == null ? Map.of() : Map.copyOf(inputs);
    }
  }

  /** The plan's hash. */
  public String hash() {
    return Json.hash(Json.tree(this));
  }
}
