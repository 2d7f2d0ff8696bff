package dev.slipway.local.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resources of a template, all references resolved and all conditions applied.
 *
 * @param outputs by name, where they could be resolved
 */
public record Template(
    Path file,
    Stack stack,
    List<FunctionResource> functions,
    List<StateMachineResource> stateMachines,
    List<TableResource> tables,
    List<KeyResource> keys,
    List<AlarmResource> alarms,
    List<MetricFilterResource> metricFilters,
    List<RouteResource> routes,
    List<StreamResource> streams,
    List<ScheduleResource> schedules,
    Map<String, String> outputs) {

  /** Reads a template as it would be deployed to that stack. Throws {@link TemplateException}. */
  public static Template read(Path file, Stack stack) {
    return new TemplateReader(SourceTree.read(file), stack).read();
  }

  /** The function of that logical id. */
  public Optional<FunctionResource> function(String logicalId) {
    return functions.stream().filter(one -> one.logicalId().equals(logicalId)).findFirst();
  }

  /** The state machine of that logical id. */
  public Optional<StateMachineResource> stateMachine(String logicalId) {
    return stateMachines.stream().filter(one -> one.logicalId().equals(logicalId)).findFirst();
  }
}
