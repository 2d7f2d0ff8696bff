package dev.slipway.ledger;

import java.util.List;

/**
 * The data that progress is shown from: an onboarding's rows, tasks, who is blocked, and what was
 * given and decided, read in two requests.
 */
public record ProgressData(
    List<AddedRow> rows,
    List<TaskRecord> tasks,
    List<Delegation> delegations,
    List<Blocked> blocked,
    IntakeRecord intake) {

  static ProgressData read(Items items, String onboarding) {
    String partition = Partition.of(onboarding);
    Items.Slice before = items.slice(partition, Elements.CHECKED, "ELEMENT$");
    Items.Slice work = items.slice(partition, "ROW#", "TASK$");
    return new ProgressData(
        AddedRow.inOrder(work.of("ROW#", AddedRow.class)),
        work.of("TASK#", TaskRecord.class),
        before.of("DELEGATE#", Delegation.class),
        work.of(Blocked.PREFIX, Blocked.class),
        IntakeRecord.of(before));
  }
}
