package dev.slipway.api;

import dev.slipway.checklist.AddedRows;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Requirement;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /onboardings/{onboarding}/rows}: adds a row to one onboarding, which a person
 * accomplishes and states. It waits for its party from then on, is in plan, status and report, and
 * is done, skipped or waived as any other; a mandatory one holds the sign-off and every task that
 * waits for all of its section.
 */
public final class AddRow extends ApiFunction {
  private static final int MOST_ROWS = 50;
  private static final int MOST_DAYS = 365;

  /** For Lambda. */
  public AddRow() {
    this(FunctionContext.lambda());
  }

  public AddRow(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER);
  }

  /** The answer. */
  record Added(
      String task,
      String row,
      String section,
      String title,
      Requirement requirement,
      Party party,
      String step,
      Instant due) {}

  /** The row that the request adds. */
  private record Wish(
      String section,
      String title,
      String instructions,
      Party party,
      int dueDays,
      Requirement requirement,
      boolean fileNeeded,
      String reason) {
    static Wish of(Fields fields) {
      Wish wish =
          new Wish(
              fields.text("section", 100),
              fields.text("title", 100),
              fields.text("instructions", 2000),
              fields.choice(
                  "party", Party.VENDOR, List.of(Party.CUSTOMER, Party.VENDOR, Party.THIRD_PARTY)),
              fields.number("dueDays", 1, MOST_DAYS),
              fields.choice(
                  "requirement",
                  Requirement.MANDATORY,
                  List.of(Requirement.MANDATORY, Requirement.OPTIONAL)),
              fields.flag("fileNeeded"),
              fields.text("reason", 1000));
      fields.complete();
      return wish;
    }
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    call.openOnboarding();
    return ApiAnswer.of(201, add(call, Wish.of(call.fields())));
  }

  private static Added add(ApiCall call, Wish wish) {
    Onboarding onboarding = call.openOnboarding();
    Checklist checklist = call.checklist(onboarding);
    if (checklist.section(wish.section()).isEmpty()) {
      throw Refusal.of(
              422,
              "section.unknown",
              "The checklist has no such section; it has "
                  + String.join(
                      ", ", checklist.sections().stream().map(Checklist.Section::id).toList())
                  + ".")
          .at("section");
    }
    List<AddedRow> rows = new ArrayList<>(call.context().rows().of(onboarding));
    if (rows.size() >= MOST_ROWS) {
      throw Refusal.of(409, "rows.too-many", "No more than " + MOST_ROWS + " rows can be added.");
    }
    int number = rows.size() + 1;
    Instant now = call.now();
    AddedRow row =
        new AddedRow(
            AddedRow.name(wish.section(), number),
            0,
            "A" + number,
            wish.section(),
            wish.title(),
            wish.instructions(),
            wish.party(),
            Duration.ofDays(wish.dueDays()),
            wish.requirement() == Requirement.MANDATORY,
            wish.fileNeeded(),
            call.actor().name(),
            now,
            wish.reason());
    rows.add(row);
    call.context()
        .rows()
        .add(
            onboarding,
            row,
            RowStatement.waiting(row, now, null),
            Instances.named(
                    AddedRows.in(checklist, List.of(row)),
                    () -> call.context().elements().values(onboarding.id()))
                .dependents(row.key()),
            call.actor());
    Plans.keepChanged(call, onboarding);
    return new Added(
        row.task(),
        row.row(),
        row.section(),
        row.title(),
        wish.requirement(),
        row.party(),
        AddedRows.STEP,
        now.plus(row.due()));
  }
}
