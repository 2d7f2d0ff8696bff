package dev.slipway.notice;

import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Problem;
import dev.slipway.report.Html;
import dev.slipway.report.ReportWords;
import dev.slipway.report.Titles;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts a digest into words, in plain text and in HTML: what to do, how it is checked, until when,
 * and with which command to answer. Holds neither a secret nor a link that approves anything.
 */
final class Letters {
  private static final int WIDTH = 76;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.ENGLISH);

  private static final String ELSEWHERE =
      "this waits for others and is long overdue; you are told once:";

  private static final List<String> CLOSING =
      List.of(
          "What stands below the heading of an onboarding is of that onboarding, and its people may"
              + " have written it.",
          "Nothing is approved by silence, and no link in a mail approves anything: each of these"
              + " stays open until it is answered.",
          "TOKEN is a file with your access token, FILE one with the value as JSON, - is standard"
              + " input; neither is ever sent by mail. Where a step asks for values, add --values"
              + " FILE to its answer.",
          "You get one such mail a day at most. To hand one of them to a colleague: slipway"
              + " delegate --help.");

  private final Replies replies;
  private final ZoneId zone;
  private final Instant now;

  /**
   * @param zone in which times are told
   */
  Letters(Replies replies, ZoneId zone, Instant now) {
    this.replies = replies;
    this.zone = zone;
    this.now = now;
  }

  Mailer.Letter letter(Digest digest) {
    return new Mailer.Letter(digest.subject(now), text(digest), html(digest));
  }

  /** By the name that the onboarding gives the addressee; two may give two, and neither counts. */
  private static String greeting(Digest digest) {
    return digest.name().map(name -> "Good day " + name + ",").orElse("Good day,");
  }

  /** The heading of an onboarding, whose words follow. */
  private static String heading(Onboarding onboarding) {
    return "Onboarding %s (%s)".formatted(DisplayName.of(onboarding.name()), onboarding.id());
  }

  /** A line about an ask: a label and its text. */
  private record Fact(String word, String text) {}

  private static List<Fact> who(Ask ask) {
    String people = ask.told().stream().map(Person::name).collect(Collectors.joining(", "));
    return List.of(
        new Fact(
            "Waits for",
            ReportWords.party(ask.party()) + (people.isEmpty() ? "" : " (" + people + ")")));
  }

  /** A line for each person whom no mail reaches, and each onboarding. */
  private List<String> unreached(Digest digest) {
    List<String> lines = new ArrayList<>();
    digest
        .unreached()
        .forEach(
            (person, waiting) ->
                Digest.byOnboarding(waiting)
                    .forEach(
                        (onboarding, asks) ->
                            lines.add(
                                "No mail reaches %s: the address is refused. In %s this waits: %s. Delegate it, or give another address: %s"
                                    .formatted(
                                        person.name(),
                                        onboarding.name(),
                                        CombinedAsk.of(asks).stream()
                                            .map(CombinedAsk::title)
                                            .collect(Collectors.joining("; ")),
                                        replies.address(asks.getFirst())))));
    return lines;
  }

  private List<Fact> facts(Ask ask) {
    List<Fact> facts = new ArrayList<>();
    Titles titles = ask.titles();
    if (ask.isFailure()) {
      Problem problem = ask.problem();
      add(facts, "What is wrong", titles.inWords(problem.message()));
      add(facts, "Where", problem.field() == null ? "" : titles.field(problem.field()));
      add(facts, "Next step", titles.inWords(problem.nextStep()));
      if (ask.triedAgainAt() != null) {
        add(facts, "By itself", "It is tried again at " + time(ask.triedAgainAt()) + ".");
      }
    } else {
      if (ask.problem() != null) {
        add(facts, "Not accepted", titles.inWords(ask.problem().message()));
        add(facts, "Next step", titles.inWords(ask.problem().nextStep()));
      }
      add(facts, "What to do", titles.inWords(ask.instructions()));
      add(facts, "Checked by", titles.inWords(ask.check()));
    }
    return facts;
  }

  private static void add(List<Fact> facts, String word, String text) {
    if (text != null && !text.isBlank()) {
      facts.add(new Fact(word, text.strip()));
    }
  }

  private String state(Ask ask) {
    if (ask.due() == null) {
      return ask.isFailure() ? "FAILED" : "";
    }
    return (ask.isFailure() ? "FAILED, to be mended by " : "Due ")
        + time(ask.due())
        + (ask.isOverdue(now) ? " - OVERDUE" : "");
  }

  private String time(Instant instant) {
    return TIME.format(instant.atZone(zone)) + " (" + zone.getId() + ")";
  }

  // --- plain text

  private String text(Digest digest) {
    List<String> lines = new ArrayList<>();
    lines.add(greeting(digest));
    text(lines, "this waits for you:", digest.asked(), false);
    text(lines, ELSEWHERE, digest.escalated(), true);
    for (String line : unreached(digest)) {
      lines.add("");
      lines.addAll(wrapped("", "", line));
    }
    lines.add("");
    lines.add("-- ");
    CLOSING.forEach(words -> lines.addAll(wrapped("", "", words)));
    return String.join("\n", lines) + "\n";
  }

  private void text(List<String> lines, String heading, List<Ask> asks, boolean ofOthers) {
    if (asks.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(heading);
    int number = 0;
    for (Map.Entry<Onboarding, List<CombinedAsk>> each : Digest.told(asks).entrySet()) {
      lines.add("");
      lines.addAll(wrapped("== ", "   ", heading(each.getKey()) + " =="));
      for (CombinedAsk together : each.getValue()) {
        Ask ask = together.first();
        number++;
        lines.add("");
        lines.addAll(wrapped(number + ". ", "   ", together.title()));
        if (!state(ask).isEmpty()) {
          lines.addAll(wrapped("   ", "     ", state(ask)));
        }
        if (ofOthers) {
          who(ask).forEach(fact -> fact(lines, fact));
        }
        facts(ask).forEach(fact -> fact(lines, fact));
        replies.page(together).ifPresent(page -> lines.addAll(List.of("   Page:", "     " + page)));
        for (Replies.Reply reply : replies.to(together)) {
          lines.add("   " + reply.when() + ":");
          lines.add("     " + reply.command());
          lines.add("     (" + reply.route() + ")");
        }
      }
    }
    Digest.others(asks)
        .ifPresent(
            words -> {
              lines.add("");
              lines.addAll(wrapped("", "", words));
            });
  }

  private static void fact(List<String> lines, Fact fact) {
    String start = "   " + fact.word() + ": ";
    for (String paragraph : fact.text().split("\\R++", -1)) {
      lines.addAll(wrapped(start, "     ", paragraph));
      start = "     ";
    }
  }

  /** Words are never broken: what is longer than a line, such as an address, stands out. */
  private static List<String> wrapped(String start, String indent, String words) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(start);
    boolean empty = true;
    for (String word : words.strip().split("\\s+", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  // --- HTML: mail programs know little CSS, and only where it is used

  private String html(Digest digest) {
    Html html = new Html();
    html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .text(digest.subject(now))
        .raw("</title></head>\n<body style=\"margin:0;background:#f4f6f8\">\n")
        .raw("<div style=\"max-width:640px;margin:0 auto;padding:24px 16px;color:#17202a;")
        .raw("font:15px/1.5 -apple-system,'Segoe UI',Arial,sans-serif\">\n<p>")
        .text(greeting(digest))
        .raw("</p>\n");
    html(html, "this waits for you:", digest.asked(), false);
    html(html, ELSEWHERE, digest.escalated(), true);
    unreached(digest).forEach(line -> html.element("p", line).raw("\n"));
    html.raw("<div style=\"margin-top:24px;color:#5b6673;font-size:13px\">\n");
    CLOSING.forEach(words -> html.raw("<p style=\"margin:0 0 6px\">").text(words).raw("</p>\n"));
    return html.raw("</div>\n</div>\n</body></html>\n").toString();
  }

  private void html(Html html, String heading, List<Ask> asks, boolean ofOthers) {
    if (asks.isEmpty()) {
      return;
    }
    html.element("p", heading).raw("\n");
    for (Map.Entry<Onboarding, List<CombinedAsk>> each : Digest.told(asks).entrySet()) {
      html.raw("<h2 style=\"font-size:17px;margin:24px 0 8px\">")
          .text(heading(each.getKey()))
          .raw("</h2>\n");
      each.getValue().forEach(together -> html(html, together, ofOthers));
    }
    Digest.others(asks).ifPresent(words -> html.element("p", words));
  }

  private void html(Html html, CombinedAsk together, boolean ofOthers) {
    Ask ask = together.first();
    boolean pressing = ask.isOverdue(now) || ask.isFailure();
    html.raw("<div style=\"background:#fff;border:1px solid #d5dbe1;border-left:4px solid ")
        .raw(pressing ? "#a4300c" : "#3d4f7a")
        .raw(";padding:12px 16px;margin:0 0 12px\">\n<div style=\"font-weight:600\">")
        .text(together.title())
        .raw("</div>\n");
    if (!state(ask).isEmpty()) {
      html.raw("<div style=\"margin-bottom:8px;color:")
          .raw(pressing ? "#a4300c" : "#5b6673")
          .raw("\">")
          .text(state(ask))
          .raw("</div>\n");
    }
    List<Fact> facts = new ArrayList<>(ofOthers ? who(ask) : List.of());
    facts.addAll(facts(ask));
    for (Fact fact : facts) {
      html.raw("<div style=\"margin:0 0 6px\"><b style=\"color:#5b6673\">")
          .text(fact.word())
          .raw("</b><br>\n");
      for (String paragraph : fact.text().split("\\R++", -1)) {
        wrapped("", "", paragraph).forEach(line -> html.text(line).raw("\n"));
        html.raw("<br>\n");
      }
      html.raw("</div>\n");
    }
    replies
        .page(together)
        .ifPresent(
            page ->
                html.raw("<div style=\"margin:8px 0\"><a style=\"color:#0b5c8a\" href=\"")
                    .text(page)
                    .raw("\">Open the page of this</a></div>\n"));
    for (Replies.Reply reply : replies.to(together)) {
      html.raw("<div style=\"margin-top:8px\">")
          .text(reply.when() + ":")
          .raw("<br>\n<code style=\"display:block;background:#f4f6f8;padding:6px 8px;")
          .raw("font:13px/1.5 Menlo,Consolas,monospace;overflow-wrap:anywhere\">")
          .text(reply.command())
          .raw("</code>\n<span style=\"color:#5b6673;font-size:12px;overflow-wrap:anywhere\">")
          .text(reply.route())
          .raw("</span></div>\n");
    }
    html.raw("</div>\n");
  }
}
