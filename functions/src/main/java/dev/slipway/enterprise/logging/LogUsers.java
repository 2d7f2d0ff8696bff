package dev.slipway.enterprise.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.NotedAddress;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.logging.LogSystem.Person;
import dev.slipway.systems.logging.LogSystem.Role;
import dev.slipway.systems.logging.LogSystem.User;
import dev.slipway.task.Acceptance;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The people who shall have a login to the logs: those of the monitoring, if nobody is named. */
final class LogUsers {
  private static final String OWN = "logging-users";

  private final Work work;
  private final CustomerLogs customer;
  private final LogSystem logs;
  private final VendorAccount account;
  private final List<Person> wanted;

  LogUsers(Work work, CustomerLogs customer, LogSystem logs) {
    this.work = work;
    this.customer = customer;
    this.logs = logs;
    this.account = new VendorAccount(work, logs.system(), CustomerLogs.ELEMENT);
    this.wanted = work.element(element(work)).valueStream().map(LogUsers::person).toList();
  }

  /** The element that names them. */
  static String element(Work work) {
    return work.optionalElement(OWN).isPresent() ? OWN : "monitoring-users";
  }

  private static Person person(JsonNode each) {
    return new Person(
        each.path("name").asText(),
        each.path("email").asText(),
        each.path("role").asText().equals("admin") ? Role.ADMIN : Role.USER);
  }

  /** Makes the logins that are missing; one that is there is adopted, and its role is looked at. */
  Finding ensure() {
    for (Person person : wanted) {
      account.ensure(
          note(person), () -> logs.user(person).map(User::id), () -> logs.invite(person));
    }
    return look();
  }

  /** Each has an active login with the role. */
  Finding look() {
    for (Person person : wanted) {
      String fault =
          logs.user(person)
              .map(user -> user.isActive() ? user.hasRole() ? "" : "another role" : "no access")
              .orElse("no login");
      if (!fault.isEmpty()) {
        throw customer.unmet(
            "logging-users.not-as-wanted",
            element(work),
            "%s has %s.".formatted(person.email(), fault),
            "Give the role (%s) to an active login of this address; then retry."
                .formatted(person.role() == Role.ADMIN ? "administrator" : "user"));
      }
    }
    return new Finding(
        "users by mail", logs.against(), wanted.size() + " user(s), active, each with the role");
  }

  /** Who has signed in. */
  Acceptance signedIn() {
    List<String> missing = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (Person person : wanted) {
      logs.user(person)
          .flatMap(User::lastSignIn)
          .ifPresentOrElse(
              at -> seen.add(at.toString()),
              () -> missing.add("%s <%s>".formatted(person.name(), person.email())));
    }
    return new Acceptance(
        new Finding(
            "last sign-in", logs.against(), seen.size() + " user(s), " + String.join(", ", seen)),
        missing);
  }

  /** Removes the logins that this task has made and whose people never signed in. */
  Finding putBack() {
    int removed = 0;
    for (Person person : wanted) {
      Optional<User> made =
          account
              .made(note(person))
              .flatMap(id -> logs.user(person).filter(user -> user.id().equals(id)))
              .filter(user -> user.lastSignIn().isEmpty())
              .filter(user -> logs.tellsSignIns() || work.answer("accept").isEmpty());
      if (made.isPresent()) {
        logs.removeUser(made.get().id());
        removed++;
      }
    }
    return new Finding("put back", logs.against(), removed + " login(s) removed");
  }

  private static String note(Person person) {
    return "user:" + NotedAddress.of(person.email());
  }
}
