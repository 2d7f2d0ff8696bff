package dev.slipway.notice;

import dev.slipway.ledger.NoticeData;
import dev.slipway.ledger.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * On which page, with which commands, or by which route of the API, a person answers. Each is a
 * POST or a PUT with a token of the person's own: to open a link in a mail approves nothing.
 */
final class Replies {
  private static final String CREDENTIAL = "credential:";

  private final String api;

  /**
   * @param api the API's address; empty: it is not known here
   */
  Replies(String api) {
    this.api = api.replaceFirst("(?<!/)/+$", "");
  }

  /**
   * One way to answer.
   *
   * @param when in which case
   * @param command what to type
   * @param route the same for a program
   */
  record Reply(String when, String command, String route) {}

  List<Reply> to(CombinedAsk together) {
    Ask ask = together.first();
    if (together.asks().size() > 1) {
      String all = String.join(",", together.instances());
      return List.of(
          new Reply(
              "When it is done, say so for all of them, or for those where it is",
              command(
                  "answer %s %s %s --instances %s --statement \"what was done\"",
                  ask, ask.key().task(), ask.step(), all),
              route("POST", ask, "/tasks/" + encoded(ask.key().task()) + "/complete")
                  + " with \"instances\""));
    }
    if (ask.topic() == Ask.Topic.WAIVER) {
      String route = route("POST", ask, "/tasks/" + encoded(ask.key()) + "/approve");
      return List.of(
          new Reply(
              "If you agree", command("approve %s %s --reason \"why\"", ask, ask.key()), route),
          new Reply(
              "If not",
              command("approve %s %s --refuse --reason \"why\"", ask, ask.key()),
              route + " with \"refused\": true"));
    }
    if (!ask.step().isEmpty()) {
      return List.of(
          new Reply(
              "When it is done, say so",
              command("answer %s %s %s --statement \"what was done\"", ask, ask.key(), ask.step()),
              route("POST", ask, "/tasks/" + encoded(ask.key()) + "/complete")));
    }
    List<Reply> replies = new ArrayList<>();
    Problem problem = ask.problem();
    String field = problem == null || problem.field() == null ? "" : problem.field();
    if (field.startsWith(CREDENTIAL)) {
      replies.add(credential(ask, ask.titles().given(field).substring(CREDENTIAL.length())));
    } else if (!field.isEmpty()) {
      String element = ask.titles().given(field);
      replies.add(
          new Reply(
              "If the value has to change",
              command("element set %s %s --file FILE", ask, element),
              route("PUT", ask, "/elements/" + encoded(element))));
    }
    if (ask.isFailure()) {
      replies.add(
          new Reply(
              "When it is mended elsewhere",
              command("retry %s %s --reason \"what was mended\"", ask, ask.key()),
              route("POST", ask, "/tasks/" + encoded(ask.key()) + "/retry")));
    } else if (replies.isEmpty()) {
      replies.add(
          new Reply(
              "What is missing", command("element list %s", ask), route("GET", ask, "/elements")));
      replies.add(
          new Reply(
              "To give a value",
              command("element set %s ELEMENT --file FILE", ask),
              route("PUT", ask, "/elements/ELEMENT")));
      replies.add(credential(ask, "SYSTEM"));
    }
    return List.copyOf(replies);
  }

  /**
   * The page on which a person sees what is asked, and answers after signing in; to open it does
   * nothing.
   *
   * @return empty if the address of the pages, which is the API's, is not known here
   */
  Optional<String> page(CombinedAsk together) {
    return api.isEmpty() ? Optional.empty() : Optional.of(api + "/app/" + path(together));
  }

  private static String path(CombinedAsk together) {
    Ask ask = together.first();
    String onboarding = ask.onboarding().id();
    if (ask.topic() == Ask.Topic.WAIVER) {
      return "m/" + onboarding;
    }
    if (ask.step().isEmpty() && ask.key().task().endsWith(".gate")) {
      return "o/" + onboarding + "/given";
    }
    Object what = together.asks().size() > 1 ? ask.key().task() : ask.key();
    return task(onboarding, what);
  }

  /**
   * Where the page of a task is, below {@code /app/}.
   *
   * @param task its key, or its id for all instances
   */
  static String task(String onboarding, Object task) {
    return "o/" + onboarding + "/task/" + encoded(task);
  }

  /** With which command another address is given. */
  String address(Ask ask) {
    return command("element set %s %s --file FILE", ask, NoticeData.CONTACTS);
  }

  private Reply credential(Ask ask, String system) {
    return new Reply(
        "To store a credential",
        command("credential store %s %s --file FILE", ask, system),
        route("PUT", ask, "/credentials/" + encoded(system)));
  }

  private String command(String form, Ask ask, Object... more) {
    List<Object> all = new ArrayList<>();
    all.add(ask.onboarding().id());
    all.addAll(List.of(more));
    return "slipway %s --api %s --token-file TOKEN"
        .formatted(form.formatted(all.toArray()), api.isEmpty() ? "URL" : api);
  }

  private String route(String method, Ask ask, String path) {
    return method + " " + api + "/onboardings/" + ask.onboarding().id() + path;
  }

  private static String encoded(Object text) {
    return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
  }
}
