package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Files;
import dev.slipway.ledger.Grant;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.TaskKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code GET /guests/{onboarding}/{grant}/ask}: the one thing that a guest is asked for. */
public final class GetGuestAsk extends ApiFunction {
  /** What a guest reads of a step, and nothing of the people and rows around it. */
  private static final List<String> OF_A_STEP =
      List.of(
          "task",
          "step",
          "stepTitle",
          "title",
          "documentation",
          "party",
          "outcome",
          "mode",
          "since",
          "due",
          "overdue",
          "instructions",
          "check",
          "problem",
          "underWay",
          "facts",
          "snippets",
          "values");

  private static final List<String> OF_AN_ELEMENT =
      List.of("element", "title", "guidance", "schema", "version", "value", "requirement");
  private static final List<String> OF_A_CREDENTIAL =
      List.of("system", "title", "guidance", "schema", "usable", "grade", "message", "retryAt");

  private static final Pattern SHA256 = Pattern.compile("\\b[0-9a-f]{64}\\b");

  /** For Lambda. */
  public GetGuestAsk() {
    this(FunctionContext.lambda());
  }

  public GetGuestAsk(FunctionContext context) {
    super(context, Admission.ofGuests());
  }

  /**
   * The answer: one of the three, or none of them if nobody asks for it any more.
   *
   * @param name the guest's
   * @param until when the access ends at the latest
   * @param files those that it names
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Asked(
      String name,
      String onboardingName,
      String grantedBy,
      Instant until,
      JsonNode step,
      JsonNode element,
      JsonNode credential,
      List<NamedFile> files,
      Instant now) {}

  /** A file that is named in what a guest is asked for, which they may read. */
  record NamedFile(String sha256, String name) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    return ApiAnswer.of(200, asked(call, new GuestGate(call).admit()));
  }

  /** What this guest is asked for now. */
  static Asked asked(ApiCall call, GuestGate.Guest guest) {
    Grant grant = guest.grant();
    Grant.About about = grant.about();
    Onboarding onboarding = guest.onboarding();
    ListElements.ElementList elements =
        about.task() == null ? ListElements.of(guest.as(Map.of()), onboarding) : null;
    JsonNode step = about.task() == null ? null : step(call, onboarding, about);
    JsonNode element =
        about.element() == null
            ? null
            : elements.elements().stream()
                .filter(each -> each.element().equals(about.element()))
                .findFirst()
                .map(each -> only(each, OF_AN_ELEMENT))
                .orElse(null);
    JsonNode credential =
        about.credential() == null
            ? null
            : elements.credentials().stream()
                .filter(each -> each.system().equals(about.credential()))
                .findFirst()
                .map(each -> only(each, OF_A_CREDENTIAL))
                .orElse(null);
    return new Asked(
        grant.name(),
        onboarding.name(),
        grant.subject().substring("guest of ".length()),
        grant.expiresAt(),
        step,
        element,
        credential,
        files(call.context().files(), onboarding.id(), step + " " + element),
        call.now());
  }

  private static List<NamedFile> files(Files files, String onboarding, String text) {
    return SHA256
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .distinct()
        .flatMap(sha256 -> files.info(onboarding, sha256).stream())
        .map(file -> new NamedFile(file.sha256(), file.name()))
        .toList();
  }

  private static JsonNode step(ApiCall call, Onboarding onboarding, Grant.About about) {
    TaskKey key = TaskKey.parse(about.task());
    ProgressData standing = call.context().onboardings().standing(onboarding.id());
    Checklist checklist = call.checklist(onboarding, standing.rows());
    Optional<OpenWorkView> work =
        Progress.of(call, onboarding, checklist, standing).openWork().stream()
            .filter(each -> each.isOf(key) && about.step().equals(each.step()))
            .findFirst();
    return work.map(
            each -> {
              ObjectNode told = only(each, OF_A_STEP);
              // Asked alike of several instances, it is still this one only.
              return told.put("task", key.toString());
            })
        .orElse(null);
  }

  private static ObjectNode only(Object view, List<String> fields) {
    return ((ObjectNode) Json.tree(view)).retain(fields);
  }
}
