package dev.slipway.task;

import dev.slipway.checklist.Element;
import dev.slipway.element.ElementRow;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Verification;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The wait of a section's gate in words: as a whole, and to each party with its own elements only.
 *
 * @param missing elements without a row that are not there or not valid
 * @param open rows that are not final
 * @param before the gate's outcome until now; null before the first
 */
record GateWait(List<Element> missing, List<ElementRow> open, Outcome before, Instant now) {
  GateWait {
    missing = List.copyOf(missing);
    open = List.copyOf(open);
  }

  boolean isOver() {
    return missing.isEmpty() && open.isEmpty();
  }

  /**
   * Waits for the party that gives the first one; each row has a line that says who gives it.
   *
   * @param optional looks that are asked besides
   */
  Outcome.Waiting outcome(List<Outcome.Waiting> optional) {
    List<Outcome.Waiting> asked =
        Stream.concat(
                parties().map(party -> of(party).waiting(party, List.of())), optional.stream())
            .toList();
    return waiting(parties().findFirst().orElseThrow(), asked.size() == 1 ? List.of() : asked);
  }

  /** A look at an optional row that a person or a probe runner answers. */
  static Outcome.Waiting optional(ElementRow row) {
    Verification.Asked asked = row.asked();
    return new Outcome.Waiting(
        asked.party(),
        asked.step(),
        List.of(),
        row.line(),
        asked.check(),
        asked.due(),
        null,
        null,
        List.of());
  }

  private Stream<Party> parties() {
    return Stream.concat(missing.stream().map(Element::party), open.stream().map(ElementRow::party))
        .distinct();
  }

  private GateWait of(Party party) {
    return new GateWait(
        missing.stream().filter(element -> element.party() == party).toList(),
        open.stream().filter(row -> row.party() == party).toList(),
        before,
        now);
  }

  private Outcome.Waiting waiting(Party party, List<Outcome.Waiting> asked) {
    Optional<ElementRow> first =
        missing.isEmpty() ? Optional.of(open.getFirst()) : Optional.empty();
    String given = "Give what is missing: " + byParty() + ".";
    return new Outcome.Waiting(
        party,
        open.stream()
            .map(ElementRow::asked)
            .filter(Objects::nonNull)
            .findFirst()
            .map(Verification.Asked::step)
            .orElse(null),
        List.of(),
        Stream.concat(
                missing.isEmpty() ? Stream.empty() : Stream.of(given),
                open.stream().map(ElementRow::line))
            .collect(Collectors.joining("\n")),
        "Each value is checked as it is saved, each credential as it is stored.",
        of(party).due(party),
        null,
        first.flatMap(ElementRow::problem).orElse(null),
        List.of(),
        asked);
  }

  /**
   * The due date stays when part of the elements is given; a new element gets a date of its own.
   */
  private Instant due(Party party) {
    List<String> titles =
        Stream.concat(
                missing.stream().map(Element::title),
                open.stream().map(row -> row.element().title()))
            .toList();
    return Stream.ofNullable(before)
        .flatMap(outcome -> outcome.openWork().stream())
        .filter(work -> work.party() == party && work.due() != null)
        .filter(
            work ->
                work instanceof Outcome.Waiting told
                    && titles.stream().allMatch(told.instructions()::contains))
        .findFirst()
        .map(Outcome::due)
        .orElseGet(() -> now.plus(Element.timeGiven()));
  }

  /** Those of one party; of several, with the party before its own. */
  private String byParty() {
    Map<Party, String> parties =
        missing.stream()
            .collect(
                Collectors.groupingBy(
                    Element::party,
                    LinkedHashMap::new,
                    Collectors.mapping(Element::title, Collectors.joining(", "))));
    return parties.size() == 1
        ? parties.values().iterator().next()
        : parties.entrySet().stream()
            .map(each -> "from " + each.getKey().words() + " " + each.getValue())
            .collect(Collectors.joining("; "));
  }
}
