package dev.slipway.enterprise.applications;

import dev.slipway.ledger.Answer;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Optional;

/**
 * What the vendor says of the application of a task's instance: its part of {@code
 * application-facts}.
 */
public final class ApplicationFacts {
  /** The element. */
  public static final String ELEMENT = "application-facts";

  private final Work work;

  public ApplicationFacts(Work work) {
    this.work = work;
  }

  /** The application's id, such as {@code xero}. */
  public String nid() {
    return work.at("application");
  }

  /** The field of the element that a fact stands in, for problems. */
  public String field(String fact) {
    return ELEMENT + "." + nid() + "." + fact;
  }

  /** A fact, if it is given and known. */
  public Optional<String> known(String fact) {
    return Optional.of(work.element(ELEMENT).path(fact).asText())
        .filter(said -> !said.isEmpty() && !said.equals("unknown"));
  }

  /**
   * A fact that has to be known; waits for the vendor while it is not.
   *
   * @param question such as {@code whether the developer platform manages it}
   */
  public String required(String fact, String question) {
    Optional<String> said = known(fact);
    work.waitForElement(
        ELEMENT,
        said.isPresent(),
        "Say %s: give `%s` of the application `%s` in the element `%s`, which is unknown so far."
            .formatted(question, fact, nid(), ELEMENT));
    return said.orElseThrow();
  }

  /** That a fact is declared. */
  public Finding declared(String fact) {
    return new Finding(
        "the element " + ELEMENT, nid(), fact + ": " + known(fact).orElse("unknown"));
  }

  /** How it is integrated; empty while nobody has said. */
  Optional<Integration> integration() {
    return known("integration").flatMap(Integration::of);
  }

  /**
   * The page that a person looked at, as stated in {@code link}.
   *
   * @throws UnmetRequirement if no address is stated
   */
  public static String page(Answer statement) {
    String link = statement.value("link").asText();
    if (!link.matches("https://[^\\s\"<>]{4,400}")) {
      throw new UnmetRequirement(
          "statement.no-link",
          "slipway",
          null,
          "The statement names no page at which others can see the same.",
          "State it again with the page's address, https://….");
    }
    return link;
  }
}
