package dev.slipway.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Somebody whom mails go to. */
public record Person(String name, String email) {

  /** One person has one mailbox, however it is written. */
  String mailbox() {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  /** Names the person in keys without telling who it is. */
  String alias() {
    return Json.hash(JsonNodeFactory.instance.textNode(mailbox())).substring(0, 32);
  }

  /** A group of the element {@code contacts}: an array of {name, email}. */
  static List<Person> group(JsonNode contacts, String name) {
    return StreamSupport.stream(contacts.path(name).spliterator(), false)
        .map(each -> new Person(each.path("name").asText(), each.path("email").asText()))
        .filter(person -> !person.email().isBlank())
        .toList();
  }
}
