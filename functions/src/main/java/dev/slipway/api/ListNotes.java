package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.PersonNote;
import dev.slipway.ledger.TaskKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code GET /onboardings/{onboarding}/notes}: what people wrote about tasks, the newest first.
 * {@code ?task=} only of a task or an instance of it, {@code ?cursor=}, {@code ?limit=}.
 */
public final class ListNotes extends ApiFunction {
  static final Pattern ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

  /** How many pages of the ledger are looked through for one task's notes. */
  private static final int MOST_PAGES = 20;

  private static final int PAGE = 100;

  /** For Lambda. */
  public ListNotes() {
    this(FunctionContext.lambda());
  }

  public ListNotes(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /**
   * A page.
   *
   * @param next the cursor of the next page; null on the last one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(Instant now, List<NoteView> notes, String next) {}

  /** The last one looked at of a page. */
  record Cursor(String note) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    int limit = Paging.limit(call.event(), 25, PAGE);
    Optional<String> task = call.event().query("task").filter(text -> !text.isBlank());
    String from = call.event().query("cursor").map(ListNotes::place).orElse(null);
    List<NoteView> notes = new ArrayList<>();
    boolean isMore = true;
    for (int page = 1; isMore && notes.size() < limit && page <= MOST_PAGES; page++) {
      List<PersonNote> read = call.context().personNotes().latest(onboarding.id(), from, PAGE);
      isMore = read.size() == PAGE;
      for (PersonNote note : read) {
        if (notes.size() == limit) {
          isMore = true;
          break;
        }
        from = note.id();
        if (task.isEmpty() || isAbout(note.key(), task.get())) {
          notes.add(NoteView.of(note));
        }
      }
    }
    return ApiAnswer.of(
        200, new Page(call.now(), notes, isMore ? Paging.cursor(new Cursor(from)) : null));
  }

  /** Of a task without its instance, the notes of all of them. */
  private static boolean isAbout(TaskKey key, String task) {
    return key.toString().equals(task) || key.task().equals(task);
  }

  private static String place(String cursor) {
    String note = Paging.place(cursor, Cursor.class).note();
    if (note == null || !ID.matcher(note).matches()) {
      throw Paging.unknownCursor();
    }
    return note;
  }
}
