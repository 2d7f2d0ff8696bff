package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A list of people, each with an e-mail address.
 *
 * @param list a JSON array of objects with {@code email}
 * @param pointer to the list within the element's value
 */
public record People(JsonNode list, String pointer) {
  /** The support account that the vendor makes in each tenant (M19). */
  public static final String SUPPORT = "support@maestrano.com";

  /** Those who stand there twice; upper and lower case make no difference. */
  public List<ElementFinding> twice() {
    Map<String, Integer> first = new HashMap<>();
    List<ElementFinding> findings = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Integer before = first.putIfAbsent(email(i), i);
      if (before != null) {
        findings.add(
            ElementFinding.error(
                "people.twice",
                field(i),
                "This e-mail address is that of entry %d, too.".formatted(before + 1),
                "Leave one of the two out, or give the person's own address."));
      }
    }
    return findings;
  }

  /** The vendor's support account among them, which is made anyway. */
  public List<ElementFinding> supportAccount() {
    List<ElementFinding> findings = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (email(i).equals(SUPPORT)) {
        findings.add(
            ElementFinding.error(
                "people.support-account",
                field(i),
                "This is the vendor's support account, which a task of its own makes.",
                "Leave it out."));
      }
    }
    return findings;
  }

  /** How many there are with this role in an environment. */
  public long count(String role, String environment) {
    return list.valueStream()
        .filter(person -> person.path("role").asText().equals(role))
        .filter(person -> isIn(person, environment))
        .count();
  }

  private static boolean isIn(JsonNode person, String environment) {
    return !person.has("environments")
        || person
            .path("environments")
            .valueStream()
            .anyMatch(each -> each.asText().equals(environment));
  }

  /** A person's address, in lower case. */
  public String email(int i) {
    return list.path(i).path("email").asText().toLowerCase(Locale.ROOT);
  }

  /** Where a person's address stands. */
  public String field(int i) {
    return pointer + "/" + i + "/email";
  }
}
