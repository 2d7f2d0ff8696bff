package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Invitation;
import dev.slipway.ledger.Onboarding;
import dev.slipway.local.http.ApiExtensions.Person;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import dev.slipway.local.run.SlipwayExtensions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whom the sign-in page of this machine offers: two managers, an engineer, and of each onboarding
 * the customer, with the contacts that were given and whom an invitation lets in.
 */
final class SignInPeople implements Supplier<List<Person>> {
  private final Supplier<FunctionContext> context;

  /**
   * @param context of a function that reads the ledger
   */
  SignInPeople(Supplier<FunctionContext> context) {
    this.context = context;
  }

  @Override
  public List<Person> get() {
    FunctionContext ledger = context.get();
    return Stream.concat(
            Stream.of(
                staff(Role.MANAGER, false), staff(Role.MANAGER, true), staff(Role.ENGINEER, false)),
            Arrays.stream(Onboarding.State.values())
                .flatMap(state -> ledger.onboardings().in(state).stream())
                .flatMap(id -> ledger.onboardings().find(id).stream())
                .flatMap(onboarding -> customers(ledger, onboarding)))
        .toList();
  }

  private static Person staff(Role role, boolean second) {
    String subject = role.wireName() + (second ? "-2" : "");
    String name = People.name(role, second);
    return new Person(
        subject,
        name,
        role == Role.MANAGER ? "Onboarding manager" : "Engineer",
        SlipwayExtensions.person(subject, role.wireName(), name, "", ""));
  }

  private static Stream<Person> customers(FunctionContext ledger, Onboarding onboarding) {
    Stream<Person> named =
        ledger
            .elements()
            .find(onboarding.id(), "contacts")
            .map(contacts -> contacts.value().path("customer"))
            .stream()
            .flatMap(JsonNode::valueStream)
            .map(
                contact ->
                    customer(
                        onboarding,
                        contact.path("email").asText(),
                        contact.path("name").asText(),
                        contact.path("email").asText()));
    String known = Role.CUSTOMER.wireName();
    return Stream.of(
            Stream.of(customer(onboarding, known, People.name(Role.CUSTOMER, false), "")),
            named,
            invited(ledger, onboarding))
        .flatMap(people -> people);
  }

  /** The issuer knows no role of theirs: the ledger does, once they have come. */
  private static Stream<Person> invited(FunctionContext ledger, Onboarding onboarding) {
    Map<String, Invitation> byAddress = new LinkedHashMap<>();
    ledger
        .memberships()
        .invitations(onboarding.id())
        .forEach(each -> byAddress.put(each.email().toLowerCase(Locale.ROOT), each));
    return byAddress.entrySet().stream()
        .map(
            each ->
                new Person(
                    each.getKey() + "@invited",
                    each.getValue().name(),
                    "Invited: " + onboarding.name(),
                    SlipwayExtensions.person(
                        each.getKey(), "", each.getValue().name(), "", each.getKey())));
  }

  private static Person customer(
      Onboarding onboarding, String subject, String name, String address) {
    return new Person(
        subject + "@" + onboarding.id(),
        name,
        "Customer: " + onboarding.name(),
        SlipwayExtensions.person(
            subject, Role.CUSTOMER.wireName(), name, onboarding.id(), address));
  }
}
