package dev.slipway.local.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.local.lint.Nearest;
import dev.slipway.local.run.InputException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A mistake in a customer's file is told with its line and field, and all of them together. */
class CustomerFileTest {
  private static final Checklist CHECKLIST = new Checklists().newest("hosting-provider");

  private static String mistakes(String text) {
    return assertThrows(
            InputException.class,
            () -> {
              CustomerFile file = CustomerFile.read("c.yaml", text);
              Mistakes mistakes = new Mistakes(file.source());
              CustomerCheck check = new CustomerCheck(CHECKLIST, mistakes);
              check.elements(file.elements());
              check.credentials(file.credentials());
              mistakes.throwIfAny();
            })
        .getMessage();
  }

  @Test
  void namesLineAndFieldOfEachMistake() {
    assertEquals(
        """
        c.yaml:3: elements.mail-server.from: must be given
        c.yaml:5: elements.mail-server.port: must be 65535 or less
        c.yaml:7: elements.currncy: the checklist asks for no such element; did you mean currency?
        c.yaml:9: elements.smtp: is a credential: it stands below `credentials`, without its value\
        """,
        mistakes(
            """
            checklist: hosting-provider
            elements:
              mail-server:
                host: smtp.hoster.example
                port: 70000
                encryption: STARTTLS
              currncy:
                code: EUR
              smtp: {}
            """));
  }

  @Test
  void tellsWhatChecksFindByTheValueAlone() {
    assertEquals(
        "c.yaml:5: elements.contacts.customer.0.zone: The IANA database has no such time zone. Give"
            + " one such as Europe/Berlin, or UTC.",
        mistakes(
            """
            checklist: hosting-provider
            elements:
              contacts:
                customer:
                  - {name: Ann, email: ann@customer.example, zone: Mars/Olympus}
            """));
  }

  @Test
  void saysThatANumberIsMeantAsAText() {
    assertEquals(
        "c.yaml:3: elements.currency.sign: must be of type string: put it in quotes",
        mistakes("elements:\n  currency:\n    sign: 5\n    code: EUR\n"));
  }

  @Test
  void refusesSecretsAndQuotesNone() {
    String told =
        mistakes(
            "credentials:\n  smtp:\n    user: paas\n    password: Hunter2\n  docker: [usr, token]\n");
    assertEquals(
        "c.yaml:2: credentials.smtp: must list the names of the fields, such as [user, password];"
            + " values never stand in this file: take them out, and give them hidden or with"
            + " --secrets",
        told);
    assertFalse(told.contains("Hunter2"));
    assertEquals(
        "c.yaml:1: credentials.docker: has no field usr; there are user, token",
        mistakes("credentials: {docker: [usr, token]}"));
  }

  @Test
  void refusesPartsThatItDoesNotKnow() {
    assertEquals(
        "c.yaml:1: element: is unknown; there are checklist, name, elements, credentials; did you"
            + " mean elements?",
        mistakes("element: {}\n"));
    assertEquals(
        "c.yaml:2: elements.currency: has no value: give one, or put a # before the line",
        mistakes("elements:\n  currency:\n"));
    assertEquals(
        "c.yaml:3: the key `currency` stands twice",
        mistakes("elements:\n  currency: {}\n  currency: {}\n"));
    assertEquals("c.yaml:1: name: must be a text", mistakes("name: 5\n"));
  }

  @Test
  void tellsWhatDiffersFieldByField() throws Exception {
    JsonNode before = Json.MAPPER.readTree("{\"port\": 25, \"old\": true, \"list\": [{\"a\": 1}]}");
    JsonNode after =
        Json.MAPPER.readTree("{\"port\": 587, \"new\": \"x\", \"list\": [{\"a\": 1}, {\"a\": 2}]}");
    assertEquals(
        List.of(
            "port: 25 -> 587",
            "old: true -> (nothing)",
            "list[1]: (nothing) -> {a: 2}",
            "new: (nothing) -> x"),
        new ValueDifference(before, after).lines());
    assertEquals(List.of(), new ValueDifference(before, before).lines());
  }

  @Test
  void knowsWhichNameWasMeant() {
    Nearest names = new Nearest(List.of("mail-server", "go-live.hand-over", "V01", "V11"));
    assertEquals(Optional.of("mail-server"), names.to("mailserver"));
    assertEquals(Optional.of("mail-server"), names.to("Mail-Sever"));
    assertEquals(Optional.of("go-live.hand-over"), names.to("handover"));
    assertEquals(Optional.of("go-live.hand-over"), names.to("go-live.handover"));
    assertEquals(Optional.empty(), names.to("tenants"));
    assertEquals("; did you mean mail-server?", names.hint("mail-servr"));
    assertEquals("", names.hint("tenants"));
  }
}
