package dev.slipway.enterprise.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.intercom.Intercom;
import dev.slipway.systems.intercom.Intercom.Teammate;
import dev.slipway.systems.intercom.Intercom.Workspace;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Acceptance;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The workspace of an environment: that it is the right one, who has joined it, and whether events
 * of users arrive.
 */
final class IntercomWorkspace {
  private static final String EVENT = "slipway-check";
  private static final Duration LISTED_AFTER = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);

  private final Work work;
  private final HttpPort http;
  private final VendorAccount account;
  private final String environment;

  IntercomWorkspace(Work work, HttpPort http, VendorAccount account) {
    this.work = work;
    this.http = http;
    this.account = account;
    this.environment = work.at("environment");
  }

  /** The token's workspace is the one that the element names, in its region. */
  Finding look() {
    return looked(work.element(SetUpIntercom.ELEMENT).path("appId").path(environment).asText());
  }

  /** A new one is made; the statement names it: {@code {"appId": "abcd1234"}}. */
  Finding stated(Answer statement) {
    String stated = statement.value("appId").asText();
    if (stated.isEmpty()) {
      throw unmet(
          "no-app",
          SetUpIntercom.ELEMENT,
          "The statement does not name the workspace.",
          "State its app id, and have its token stored.");
    }
    look();
    return looked(stated);
  }

  private Finding looked(String wanted) {
    Intercom intercom = intercom();
    Workspace workspace = intercom.workspace();
    String region = work.element(SetUpIntercom.ELEMENT).path("region").asText();
    if (!workspace.region().equals(region)) {
      throw unmet(
          "wrong-place",
          SetUpIntercom.ELEMENT + ".region",
          "The workspace %s lies in the region %s, and the element says %s."
              .formatted(workspace.appId(), workspace.region(), region),
          "Correct the region, or give a token of a workspace in it; then retry.");
    }
    if (!wanted.isEmpty() && !wanted.equals(workspace.appId())) {
      throw unmet(
          "other-app",
          SetUpIntercom.ELEMENT + ".appId." + environment,
          "The token belongs to the workspace %s, and %s is wanted."
              .formatted(workspace.appId(), wanted),
          "Correct the app id, or give a token of that workspace; then retry.");
    }
    return new Finding(
        "GET /me",
        intercom.against(),
        "workspace %s \"%s\", region %s"
            .formatted(workspace.appId(), workspace.name(), workspace.region()));
  }

  /** By which a frontend names the workspace. */
  String appId() {
    return intercom().workspace().appId();
  }

  /** Whoever onboards and supports has joined, with a seat to answer from. */
  Acceptance teammates() {
    Intercom intercom = intercom();
    List<String> seated =
        intercom.teammates().stream().filter(Teammate::hasSeat).map(Teammate::email).toList();
    List<String> missing =
        team().stream().filter(email -> !seated.contains(email.toLowerCase(Locale.ROOT))).toList();
    return new Acceptance(
        new Finding(
            "GET /admins",
            intercom.against(),
            team().size() - missing.size() + " of " + team().size() + " have a seat"),
        missing);
  }

  private List<String> team() {
    JsonNode owner = work.element("onboarding-owner");
    return Stream.of(owner.path("people"), owner.path("level1").path("people"))
        .flatMap(JsonNode::valueStream)
        .map(person -> person.path("email").asText())
        .distinct()
        .toList();
  }

  /** An event of a contact of ours is taken and listed. */
  Finding events() {
    Intercom intercom = intercom();
    String contact = contact();
    account.ensure(
        "contact",
        () -> intercom.contact(contact),
        () -> intercom.createContact(contact, "Slipway's check"));
    if (!intercom.lists(EVENT, contact)) {
      String version = account.version();
      String sent =
          work.once(
              "event:" + version,
              "event-sent:" + version,
              () -> intercom.send(EVENT, work.now(), contact));
      if (!intercom.lists(EVENT, contact)) {
        work.waitUntil(Instant.parse(sent).plus(LISTED_AFTER), "Intercom lists events later.");
        throw unmet(
                "event-not-listed",
                SetUpIntercom.ELEMENT,
                "Intercom took the event of %s, and does not list it.".formatted(sent),
                "See in the workspace whether events are blocked. It is looked at again by itself.")
            .lookedAtAgain(work.now().plus(LOOK_AGAIN));
      }
    }
    return new Finding(
        "POST /events, GET /events", intercom.against(), "an event " + EVENT + " is listed");
  }

  private String contact() {
    return "slipway-" + work.onboarding() + "-" + environment;
  }

  /** A person says that users are told apart, and Intercom does not deny it. */
  Finding identities(Answer statement) {
    Intercom intercom = intercom();
    if (intercom.workspace().verifiesIdentities().filter(verified -> !verified).isPresent()) {
      throw unmet(
          "identity-off",
          SetUpIntercom.ELEMENT,
          "Intercom says that the workspace verifies no identities.",
          "Switch identity verification on in the workspace's settings, and enter its secret in each"
              + " frontend.");
    }
    return new Finding(
            "GET /me, and a user who signed in", intercom.against(), "identities are verified")
        .saidIn(statement);
  }

  /** Removes the contact that this task has made. */
  List<String> putBack() {
    List<String> done = new ArrayList<>();
    Intercom intercom = intercom();
    account
        .made("contact")
        .filter(id -> intercom.contact(contact()).filter(id::equals).isPresent())
        .ifPresent(
            id -> {
              intercom.deleteContact(id);
              done.add("the contact of the check is removed");
            });
    return done;
  }

  private Intercom intercom() {
    String region = work.element(SetUpIntercom.ELEMENT).path("region").asText();
    return new Intercom(
        http, Intercom.BASES.get(region), work.secret(Intercom.SYSTEM).path("token").asText());
  }

  private static UnmetRequirement unmet(String code, String field, String message, String next) {
    return new UnmetRequirement("intercom." + code, Intercom.SYSTEM, field, message, next);
  }
}
