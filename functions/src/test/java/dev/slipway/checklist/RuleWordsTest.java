package dev.slipway.checklist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules as people read them. */
class RuleWordsTest {
  private static final Checklists CHECKLISTS = new Checklists();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          migration.wanted                   | “Data migration, Wanted” is chosen
          $not(migration.wanted = true)      | “Data migration, Wanted” is not chosen
          $not(infrastructure.usersWanted = false) | “Infrastructure provider, Users of the management tool” is chosen
          infrastructure.reach != 'private'  | “Infrastructure provider, Reach” is not “Only from inside your network”
          `mail-tool`.tool in ['smtp', 'none'] or payment.enabled | “Tool for transactional e-mails, Tool” is “Your own mail server” or “None” or “Payment gateway, Users pay” is chosen
          'hosted' in `application-facts`.*.integration | “Facts about the applications, Integration” of one of them is “Hosted on Nex!”
          $exists($lookup(`application-facts`, $application).migratedOn) | “Facts about the applications, Migrated on” of the application is given
          migration.wanted and ($exists(payment.link) or payment.enabled) | “Data migration, Wanted” is chosen and either “Payment gateway, Link” is given or “Payment gateway, Users pay” is chosen
          $component in ["mnohub", "connec"] | the component is “mnohub” or “connec”
          $count(tenants.uat[name = 'a']) > 2 | $count(tenants.uat[name = 'a']) > 2
          migration.wanted and               | migration.wanted and
          """)
  void areSaidByTitles(String rule, String words) {
    assertEquals(words, RuleWords.of(CHECKLISTS.newest("enterprise-environment")).say(rule));
  }

  @Test
  void everyRuleOfAChecklistIsSaid() {
    for (String name : CHECKLISTS.names()) {
      Checklist checklist = CHECKLISTS.newest(name);
      Stream.concat(
              checklist.elements().map(Element::condition),
              checklist
                  .tasks()
                  .flatMap(task -> Stream.of(task.condition(), task.where(), task.chosenBy())))
          .filter(Objects::nonNull)
          .distinct()
          .forEach(
              rule -> {
                String words = RuleWords.of(checklist).say(rule);
                assertFalse(words.matches(".*[$`='\\[].*"), words);
              });
    }
  }
}
