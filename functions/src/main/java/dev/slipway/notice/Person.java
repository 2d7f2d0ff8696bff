package dev.slipway.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.json.Json;
import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Identity;
import dev.slipway.ledger.NoticeData;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A receiver of mails.
 *
 * @param name fit for a mail, whatever was written in its place
 * @param zone in which the person's days begin and end; empty: the deployment's
 */
public record Person(String name, String email, Optional<ZoneId> zone) {
  public Person {
    name = DisplayName.of(name);
  }

  /** A receiver in the deployment's time zone. */
  public Person(String name, String email) {
    this(name, email, Optional.empty());
  }

  /** One person has one mailbox, however it is written. */
  String mailbox() {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  /** The person's identity, as far as an address tells. */
  Identity identity() {
    return Identity.ofMail(email);
  }

  /** Names the person in keys without telling who it is. */
  String alias() {
    return Json.hash(JsonNodeFactory.instance.textNode(mailbox())).substring(0, 32);
  }

  /** Those who lead an onboarding, of the element {@code contacts}. */
  static List<Person> whoLead(JsonNode contacts) {
    return Stream.of("manager", "escalation")
        .flatMap(group -> group(contacts, group).stream())
        .toList();
  }

  /** Those who lead an onboarding; nobody while its contacts are not given. */
  public static List<Person> whoLead(Elements elements, String onboarding) {
    return elements
        .find(onboarding, NoticeData.CONTACTS)
        .map(contacts -> whoLead(contacts.value()))
        .orElse(List.of());
  }

  /** A group of the element {@code contacts}: an array of {name, email, zone}. */
  static List<Person> group(JsonNode contacts, String name) {
    return StreamSupport.stream(contacts.path(name).spliterator(), false)
        .map(
            each ->
                new Person(
                    each.path("name").asText(),
                    each.path("email").asText(),
                    zone(each.path("zone").asText(""))))
        .filter(person -> !person.email().isBlank())
        .toList();
  }

  /** The schema asks for the form only: a zone that is none counts as not given. */
  private static Optional<ZoneId> zone(String name) {
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
