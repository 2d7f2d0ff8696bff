package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * M64: users and organisations move from the source's hub into the target's. In the window for the
 * move the organisations are frozen in the source; they stay frozen.
 */
public final class DumpMnohub extends TaskFunction {
  private static final String STORE = "mnohub";
  private static final String BEGUN = "begun";

  /** Hubs before 4.0 cannot freeze: a person has writing stopped otherwise. */
  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final HttpPort http;

  /** For Lambda. */
  public DumpMnohub() {
    this(FunctionContext.lambda());
  }

  public DumpMnohub(FunctionContext context) {
    this(context, context.egress());
  }

  DumpMnohub(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    SourceOrganizations source = new SourceOrganizations(work, http);
    work.step("freeze")
        .about(DataMove.FIELD)
        .field(DataMove.FIELD)
        .leftToPerson(LEFT_TO_PERSON)
        .machine(
            () -> {
              requireWindow(work);
              source.inScope();
              return source.freeze();
            })
        .orAttested();
    new DataMove(work, STORE, Optional.empty()).perform();
  }

  /** Freezing begins in the window; what has begun in it may go on behind it. */
  private static void requireWindow(Work work) {
    JsonNode window = work.element(DataMove.FIELD).path("cutOver");
    work.waitUntil(
        Instant.parse(window.path("from").asText()),
        "The window for the move, in which nobody writes, has not begun.");
    boolean begun = work.remembered(Note.Kind.RESOURCE, BEGUN).isPresent();
    if (!begun && !work.now().isBefore(Instant.parse(window.path("to").asText()))) {
      throw new UnmetRequirement(
          "migration.window-over",
          "slipway",
          "migration.cutOver",
          "The window for the move is over, and nothing was frozen in it.",
          "Give a new window in the element `migration`.");
    }
    work.remember(Note.Kind.RESOURCE, BEGUN, Json.tree(work.now()));
  }

  @Override
  protected void verify(Work work) {
    work.proof(DataMove.FIELD, new SourceOrganizations(work, http)::look);
  }

  @Override
  protected String overForGood() {
    return DataMove.OVER;
  }

  @Override
  protected void putBack(Work work, String request) {
    new DataMove(work, STORE, Optional.empty()).putBack();
    work.proof(DataMove.FIELD, new SourceOrganizations(work, http)::unfreeze);
  }
}
