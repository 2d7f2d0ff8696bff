package dev.slipway.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Requirement;
import dev.slipway.element.ElementRow;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReportHtmlTest {
  /** Closes whatever could be open, and carries a mark to find it by. */
  private static final String HOSTILE =
      "</td></style></title></textarea>--><script>alert('x')</script><img src=//evil.example"
          + " onerror=\"y\">&lt;&amp;\u202Egnp.\u0000\u001B[31m\uD800|`**MARK**";

  private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");
  private static final Set<String> EMPTY_ELEMENTS = Set.of("meta", "br");
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)([^<>]*)>");

  private static Report report(String words) {
    Wait wait = new Wait(Party.CUSTOMER, AT, null, words, 3600);
    Problem problem = new Problem(words, words, words, words, words);
    return new Report(
        words,
        words,
        words,
        words,
        words,
        Onboarding.State.SIGNED_OFF,
        1,
        AT,
        AT,
        AT,
        new Report.SignOffLine(words, AT, words),
        AT,
        Map.of(words, 1L),
        Map.of(Party.CUSTOMER, 3600L),
        new ExpectedEnd(
            AT,
            List.of(words),
            List.of(
                new ExpectedEnd.Leg(
                    "one.first", words, words, words, Party.CUSTOMER, AT, AT, false)),
            Map.of(Party.CUSTOMER, 3600L)),
        List.of(new Report.SectionLine(words, words, words, List.of(wait))),
        List.of(
            new Report.JourneyLine(
                words,
                words,
                words,
                List.of(
                    new Report.JourneyStep(
                        words,
                        words,
                        words,
                        AT,
                        BigDecimal.ONE,
                        Evidence.Place.PERSON,
                        words,
                        words,
                        true)))),
        List.of(new Report.RowLine(words, words, words, words, Map.of(words, 2L))),
        List.of(
            new PromotionLine(
                words,
                words,
                words,
                words,
                new PromotionLine.Side(words, words, AT),
                new PromotionLine.Side(words, words, null))),
        List.of(
            new ElementLine(
                "element",
                words,
                words,
                words,
                words,
                words,
                words,
                Requirement.MANDATORY,
                Party.CUSTOMER,
                ElementRow.State.INVALID,
                words,
                words,
                List.of(ElementFinding.error(words, words, words, words)),
                List.of(new Evidence(words, Evidence.Place.PERSON, AT, words, words, words, true)),
                words,
                AT,
                AT)),
        List.of(
            new Report.TaskLine(
                Report.Kind.TASK,
                words,
                words,
                words,
                words,
                words,
                true,
                Requirement.MANDATORY,
                words,
                words,
                List.of(words),
                problem,
                List.of(new Evidence(words, Evidence.Place.PERSON, AT, words, words, words, true)),
                List.of(wait),
                List.of(
                    new Report.AnswerLine(
                        words, words, words, AT, words, null, Answer.Verdict.REJECTED, problem)),
                new Report.DecisionLine(Decision.Kind.WAIVE, words, AT, words, words),
                List.of(words),
                2,
                AT,
                AT,
                90_000L),
            waived(words)));
  }

  private static Report.TaskLine waived(String words) {
    return new Report.TaskLine(
        Report.Kind.TASK,
        "V02",
        "s.t",
        words,
        words,
        "",
        false,
        Requirement.OPTIONAL,
        "WAIVED",
        words,
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        0,
        null,
        null,
        null);
  }

  @Test
  void nothingThatAnybodySaidBecomesMarkup() {
    String page = ReportHtml.of(report(HOSTILE));

    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("<img"), page);
    assertFalse(page.contains("alert('x')"), page);
    assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"), page);
    assertTrue(page.contains("&amp;lt;&amp;amp;"), page);
    assertTrue(page.codePoints().noneMatch(c -> c == 0x202E || c == 0 || c == 0x1B), page);
    assertEquals(tags(ReportHtml.of(report("harmless"))), tags(page));
  }

  /** The tags of a page, in their order, all of them closed where they have to be. */
  private static String tags(String page) {
    StringBuilder tags = new StringBuilder();
    Deque<String> open = new ArrayDeque<>();
    String body = page.replaceFirst("(?s)<style>.*?</style>", "").replace("<!DOCTYPE html>", "");
    TAG.matcher(body)
        .results()
        .forEach(
            tag -> {
              String name = tag.group(2);
              if (!tag.group(1).isEmpty()) {
                assertEquals(open.pop(), name);
              } else if (!EMPTY_ELEMENTS.contains(name)) {
                open.push(name);
              }
              tags.append(tag.group(1)).append(name).append(' ');
            });
    assertTrue(open.isEmpty(), open::toString);
    return tags.toString();
  }

  @Test
  void needsNothingFromElsewhere() {
    String page = ReportHtml.of(report("harmless"));
    assertFalse(
        Pattern.compile("(src|srcset)\\s*=|href=\"[^#]|url\\(|@import|https?:")
            .matcher(page)
            .find());
    assertTrue(page.contains("default-src 'none'"));
    assertTrue(page.contains("size: A4"));
    assertTrue(page.contains("<thead>"));
    assertTrue(page.contains("break-before: page"));
  }

  @Test
  void theContentsAndTheTableLeadToPlacesOfThePage() {
    String page = ReportHtml.of(report("words"));
    Set<String> places = found("id=\"([^\"]+)\"", page);
    Set<String> links = found("href=\"#([^\"]+)\"", page);
    assertTrue(places.containsAll(links), () -> links + " lead to " + places);
    assertTrue(links.containsAll(Set.of("p0", "t1", "t2")), links::toString);
    assertTrue(page.contains("<h2 id=\"contents\">Contents</h2>"), page);
  }

  private static Set<String> found(String pattern, String page) {
    return Pattern.compile(pattern)
        .matcher(page)
        .results()
        .map(each -> each.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void foldsTheInstancesUnderTheirRow() {
    String page = ReportHtml.of(report("words"));
    assertTrue(page.contains("<summary>1 instance: 2 words</summary>"), page);
    assertTrue(page.contains("<details id=\"t1\"><summary><b>Words</b>"), page);
    assertTrue(page.contains("<article id=\"t2\">"), page);
  }

  @Test
  void saysTitlesInThePlaceOfIdsAndTheBeginningsOfHashes() {
    Titles titles = Titles.of(report("words"));
    assertEquals(
        "waits for “words”, “words (UAT, Acme)”; not for hub.uat.example",
        titles.inWords("waits for s.t, `s.t@uat.acme`; not for hub.uat.example"));
    assertEquals("SHA-256 43f0a96e90ca…", titles.inWords("SHA-256 " + "43f0a96e90ca".repeat(5)));
    assertEquals(
        "give “words, logo path”, “logo path”, unknown and words.com",
        titles.inWords("give `words.logoPath`, `logoPath`, `unknown` and words.com"));
    assertEquals("words, host", titles.field("words.host"));
    assertEquals("access data smtp", titles.name("credential:smtp"));
    assertEquals("words (Acme)", titles.name("words@acme"));
    assertEquals("mail server", titles.name("mail-server"));
  }

  @Test
  void tellsWhoWhenHowLongAndWhy() {
    String page = ReportHtml.of(report("words"));
    assertTrue(page.contains("2026-11-02 10:00"), page);
    assertTrue(page.contains("1\u202Fd 1\u202Fh"), page);
    assertTrue(page.contains("the customer"), page);
    assertTrue(page.contains("waived"), page);
    assertTrue(page.contains("stand-in"), page);
    assertTrue(page.contains("Agreed to by words."), page);
    assertTrue(page.contains("Signed off"), page);
    assertFalse(page.contains("<th></th>"), "every column says what it is");
    assertTrue(page.contains("<th>Requirement</th>"), page);
    assertTrue(page.contains("<td>a third party</td><td>not at all</td>"), page);
  }

  @Test
  void theSignedBytesCanBeReadBack() {
    byte[] bytes = ReportJson.bytes(report("Zoë \"quoted\" </script>"));
    Report read = ReportJson.read(bytes);
    assertArrayEquals(bytes, ReportJson.bytes(read));
    assertEquals('\n', bytes[bytes.length - 1]);
    assertArrayEquals(bytes, Compressed.content(Compressed.of(bytes)));
  }

  @Test
  void markdownTellsTheSame() {
    String text = ReportMarkdown.of(report(HOSTILE));
    String outsideCode = text.replaceAll("(?<!\\\\)`[^`\n]*`", "");
    assertFalse(Pattern.compile("(?<!\\\\)<").matcher(outsideCode).find(), outsideCode);
    assertFalse(Pattern.compile("(?<!\\\\)\\*+MARK").matcher(outsideCode).find(), outsideCode);
    assertFalse(text.contains("\u202E"), text);
    assertTrue(text.contains("Not performed, and why"), text);
    assertTrue(text.contains("Signed off"), text);
    assertTrue(text.contains("| a third party | not at all |"), text);
  }
}
