package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.ApiProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A refusal of the API for people: what is wrong, at which field, and what to do next. */
record ProblemText(ApiProblem problem) {

  /** The lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    JsonNode body = problem.body();
    String title =
        body.path("title").asText(body.path("message").asText("status " + problem.status()));
    boolean unauthorised = problem.status() == 401 && problem.code().isEmpty();
    lines.add(
        "slipway: "
            + (unauthorised
                ? "the token is not accepted: it is of another Slipway, or has expired"
                : inWordsOfCommands(body.path("detail").asText(title))));
    String field = problem.field().filter(name -> !isHeader(name)).orElse("");
    if (!field.isEmpty()) {
      lines.add("  field: " + field);
    }
    // Of several forms, more than one may say the same of a field.
    Set<String> errors = new LinkedHashSet<>();
    for (JsonNode error : body.path("errors")) {
      String pointer = error.path("field").asText("");
      String message = error.path("message").asText();
      boolean told = pointer.equals("/" + field) && body.path("errors").size() == 1;
      if (!told) {
        errors.add("         %s: %s".formatted(within(field, pointer), message));
      }
    }
    lines.addAll(errors);
    body.path("rows").forEach(row -> lines.add("         " + line(row)));
    for (JsonNode other : body.path("notKept")) {
      lines.add(
          "         %s: %s".formatted(other.path("task").asText(), other.path("detail").asText()));
    }
    for (JsonNode change : body.path("difference")) {
      lines.add(
          "         %s: %s -> %s"
              .formatted(
                  change.path("task").asText(),
                  change.path("before").asText("-"),
                  change.path("now").asText("-")));
    }
    lines.add("  code:  " + (problem.code().isEmpty() ? problem.status() : problem.code()));
    lines.add("  next:  " + next());
    return lines;
  }

  /** A row that stands in the way of a sign-off. */
  private static String line(JsonNode row) {
    return row.path("row").asText()
        + " "
        + row.path("title").asText()
        + ": "
        + row.path("why").asText(row.path("outcome").asText())
        + (row.has("field") ? " [" + row.path("field").asText() + "]" : "")
        + (row.has("nextStep") ? " Next: " + row.path("nextStep").asText() : "");
  }

  /** The API names headers where a command has options. */
  private String inWordsOfCommands(String detail) {
    return switch (problem.code()) {
      case "effect.not-seen" -> "The value would change what is final, and nothing was saved.";
      case "precondition.missing", "precondition.malformed", "precondition.two" ->
          "It was not said which version of the value was seen.";
      case "file.name" -> "The name of the file cannot be used; give it another one.";
      default -> detail;
    };
  }

  /** Headers begin with a capital letter, fields of what was given do not. */
  private static boolean isHeader(String name) {
    return !name.isEmpty() && Character.isUpperCase(name.charAt(0));
  }

  /** Of an element's value, where in it; of a command's fields, which. */
  private static String within(String field, String pointer) {
    return pointer.startsWith("/" + field) ? pointer.substring(1) : field + pointer;
  }

  /** 2: the request is wrong in itself; 1: it is right, but not possible now or for this caller. */
  int exitCode() {
    return switch (problem.status()) {
      case 428 -> problem.code().equals("effect.not-seen") ? 1 : 2;
      case 400, 404, 413, 415, 422 -> 2;
      default -> 1;
    };
  }

  private String next() {
    return switch (problem.code()) {
      case "onboarding.unknown" -> "`slipway onboardings` lists those that you may see.";
      case "task.unknown", "task.instance-unknown", "step.unknown" ->
          "`slipway show ONBOARDING` lists the tasks, and the steps that wait.";
      case "runner.unknown" -> "`slipway probe-runners ONBOARDING` lists them.";
      case "onboarding.not-signed-off" ->
          "`slipway sign-off ONBOARDING` signs it off once every mandatory row is final.";
      case "file.unknown" -> "`slipway file list ONBOARDING` lists the files.";
      case "element.unknown", "credential.unknown", "element.schema", "credential.schema" ->
          "`slipway element list ONBOARDING` says what is asked for and in which form.";
      case "answer.schema" ->
          "`slipway show ONBOARDING` names what the step asks for: give it with --values FILE.";
      case "effect.not-seen" ->
          "Look at the lines above; give the command again with --yes to save it.";
      case "effect.stale" ->
          "`slipway element preview ONBOARDING ELEMENT` tells the effect and its hash.";
      case "sign-off.old-looks" ->
          "`slipway look-again ONBOARDING` has them looked at; sign off when it is through.";
      case "plan.stale" ->
          "Look with `slipway plan ONBOARDING`, then start with the hash that it prints.";
      case "step.answered", "task.decided", "task.final", "waiver.none" ->
          "`slipway show ONBOARDING` tells where it stands.";
      default -> byStatus();
    };
  }

  private String byStatus() {
    return switch (problem.status()) {
      case 401 -> "Get a new token, and write it into the token file.";
      case 403 -> "Let a person do it whose role it is, with a token of their own.";
      case 404 -> "Check the address and the ids; `slipway onboardings` lists the onboardings.";
      case 409 -> "`slipway show ONBOARDING` tells where it stands.";
      case 412 -> "Another person saved it: read it with `slipway element list ONBOARDING` first.";
      case 429, 502, 503, 504 -> "Try again in a moment.";
      case 500 -> "Ask the platform's engineers: the function's log says why.";
      default -> "Correct it and give the command again: nothing was changed.";
    };
  }
}
