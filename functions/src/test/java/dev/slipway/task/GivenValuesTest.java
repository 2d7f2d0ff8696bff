package dev.slipway.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.ledger.Fact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GivenValuesTest {
  @Test
  void tellsAPersonWhatWasGiven() throws IOException {
    GivenValues given =
        new GivenValues(
            Json.MAPPER.readTree(
                """
                {"uploader": {"host": "u.hoster.example", "port": 2049},
                 "ranges": [{"from": "203.0.113.1", "regions": ["eu1", "eu2"]}],
                 "receivers": ["a", "b"]}
                """),
            id -> Optional.empty());

    assertEquals(
        List.of(
            "Uploader, Host: u.hoster.example",
            "Uploader, Port: 2049",
            "Ranges, Entry 1: From: 203.0.113.1, Regions: eu1 eu2",
            "Receivers: a b"),
        given.facts(List.of("uploader", "ranges", "receivers", "not-given")).stream()
            .map(Fact::line)
            .toList());
    assertEquals(
        List.of(new Fact("uploader", "/port", "Uploader, Port", "2049")),
        given.facts(List.of("uploader.port")));
    assertEquals(List.of(), given.facts(List.of("not-given.field")));
  }

  @Test
  void callsThemAsTheChecklistDoes() throws IOException {
    GivenValues given =
        new GivenValues(
            Json.MAPPER.readTree(
                "{\"mail-server\": {\"from\": \"a@b.example\", \"network\": \"private\"}}"),
            new Checklists().newest("hosting-provider")::element);
    assertEquals(
        List.of(
            "Mail server, Sender: a@b.example",
            "Mail server, Network: Only from inside your network"),
        given.facts(List.of("mail-server")).stream().map(Fact::line).toList());
  }

  @Test
  void callsTheFieldsOfAnEntryAndWhatWasChosenAsTheFormDoes() throws IOException {
    GivenValues given =
        new GivenValues(
            Json.MAPPER.readTree(
                """
                {"infrastructure-users": [{"role": "user", "email": "lea@a.example", "name": "Lea",
                                           "environments": ["uat"], "surname": "Looker"}]}
                """),
            new Checklists().newest("enterprise-environment")::element);
    assertEquals(
        List.of(
            "Admin and simple users, User 1: Given name: Lea, Surname: Looker,"
                + " E-mail address: lea@a.example, Role: Simple user, Environments: UAT"),
        given.facts(List.of("infrastructure-users")).stream().map(Fact::line).toList());
  }
}
