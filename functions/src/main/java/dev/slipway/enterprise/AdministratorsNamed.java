package dev.slipway.enterprise;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;

/** Each environment has an administrator among the people named, and better two. */
final class AdministratorsNamed implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    People people = new People(subject.value(), "");
    List<ElementFinding> findings = new ArrayList<>();
    for (String environment : Environments.ALL) {
      long admins = people.count("admin", environment);
      if (admins == 0) {
        findings.add(
            ElementFinding.error(
                "people.no-admin",
                "",
                "Nobody is administrator in %s.".formatted(environment),
                "Give at least one person the role admin."));
      } else if (admins == 1) {
        findings.add(
            ElementFinding.warning(
                "people.one-admin",
                "",
                "Only one person is administrator in %s.".formatted(environment),
                "Name a second one, who can stand in."));
      }
    }
    return findings.stream().distinct().toList();
  }
}
