package dev.slipway.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The data that notices are made from: an onboarding, its tasks, and the people to tell.
 *
 * @param rows that were added, in their order
 * @param tasks all that were ever touched
 * @param contacts the element with the names and addresses of those who are told
 * @param delegations what was handed to a colleague
 * @param blocked who cannot go on with what is asked of them
 */
public record NoticeData(
    Onboarding onboarding,
    List<AddedRow> rows,
    List<TaskRecord> tasks,
    Optional<ElementRecord> contacts,
    List<Delegation> delegations,
    List<Blocked> blocked) {
  /** The element's id. */
  public static final String CONTACTS = "contacts";

  /** The first text behind all that begin with {@code TASK#}. */
  private static final String BEHIND_TASKS = "TASK$";

  /**
   * Reads it in three requests: items whose keys stand side by side come in one.
   *
   * @param wanted of any other onboarding nothing but itself is read
   */
  static Optional<NoticeData> read(Items items, String id, Predicate<Onboarding> wanted) {
    String partition = Partition.of(id);
    return items
        .get(partition, Partition.META, Onboarding.class)
        .filter(wanted)
        .map(
            onboarding -> {
              Items.Slice people = items.slice(partition, "DELEGATE#", "ELEMENT#" + CONTACTS);
              Items.Slice work = items.slice(partition, "ROW#", BEHIND_TASKS);
              return new NoticeData(
                  onboarding,
                  AddedRow.inOrder(work.of("ROW#", AddedRow.class)),
                  work.of("TASK#", TaskRecord.class),
                  people.of("ELEMENT#" + CONTACTS, ElementRecord.class).stream().findFirst(),
                  people.of("DELEGATE#", Delegation.class),
                  work.of(Blocked.PREFIX, Blocked.class));
            });
  }
}
