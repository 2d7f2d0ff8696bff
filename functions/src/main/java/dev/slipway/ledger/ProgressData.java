package dev.slipway.ledger;

import java.util.List;

/**
 * The data that progress is shown from: an onboarding's rows, tasks, attempts and decisions, read
 * in two requests.
 */
public record ProgressData(
    List<AddedRow> rows,
    List<TaskRecord> tasks,
    List<Attempt> attempts,
    List<Delegation> delegations,
    List<Decision> decisions) {

  static ProgressData read(Items items, String onboarding) {
    String partition = Partition.of(onboarding);
    Items.Slice before = items.slice(partition, "ATTEMPT#", "DELEGATE$");
    Items.Slice work = items.slice(partition, "ROW#", "TASK$");
    return new ProgressData(
        AddedRow.inOrder(work.of("ROW#", AddedRow.class)),
        work.of("TASK#", TaskRecord.class),
        before.of("ATTEMPT#", Attempt.class),
        before.of("DELEGATE#", Delegation.class),
        before.of("DECISION#", Decision.class));
  }
}
