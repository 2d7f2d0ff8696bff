package dev.slipway.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Step;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Delegation;
import dev.slipway.ledger.Delegations;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Event;
import dev.slipway.ledger.Files;
import dev.slipway.ledger.Grant;
import dev.slipway.ledger.Grants;
import dev.slipway.ledger.Invitation;
import dev.slipway.ledger.Memberships;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.People;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the people of an onboarding: those who acted, those named in an element that the checklist
 * marks as personal, those delegated to or invited, and every mailbox in a text. Each gets an
 * alias, which says the role; a person who has one keeps it. Who is called like a thing, such as an
 * application's provider that is called like the application, is no person by that word; so is who
 * is called by a word of the checklist's titles, such as Support.
 */
public final class PeopleFinder {
  private static final int PAGE = 200;
  private static final int SHORTEST = 3;
  private static final Pattern ACTOR = Pattern.compile("(?<name>.+) \\((?<subject>[^()]+)\\)");

  /** The name of a role is no person's name, even if an issuer calls a person so. */
  private static final Set<String> WORDS =
      Set.of("manager", "engineer", "customer", "vendor", "system", "machine", "intake", "none");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}'-]+");

  /** In lower case: what is a word of the report, or the name of a thing. */
  private final Set<String> words = new HashSet<>(WORDS);

  private final List<People.Person> people = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  /** An erasure that did not come to its end has written some already. */
  private final Set<String> aliases = new HashSet<>();

  private final Map<String, Integer> numbers = new HashMap<>();
  private final long version;

  /** Goes on from those known before. */
  public PeopleFinder(People before) {
    version = before.version();
    before.people().forEach(this::add);
  }

  /** Those of an onboarding. */
  public PeopleFinder in(
      AuditTrail auditTrail,
      Delegations delegations,
      Memberships memberships,
      Grants grants,
      Elements elements,
      Files files,
      Onboarding onboarding,
      Checklist checklist) {
    String id = onboarding.id();
    words.add(onboarding.name().toLowerCase(Locale.ROOT));
    titles(checklist).forEach(this::wordsOf);
    List<List<String>> named = named(elements.of(id), checklist);
    String after = null;
    List<Event> page;
    do {
      page = auditTrail.events(id, after, PAGE);
      for (Event event : page) {
        if (!event.role().equals("system")) {
          actor(event.by(), event.role());
        }
        after = event.id();
      }
    } while (page.size() == PAGE);
    actor(onboarding.createdBy(), "person");
    for (Delegation delegation : delegations.of(id)) {
      person("contact", List.of(delegation.name()));
      mailboxes(delegation.email());
    }
    // People name files as they like.
    files.list(id).forEach(file -> person("file", List.of(file.name())));
    named.forEach(this::contact);
    for (Grant grant : grants.of(id)) {
      person("contact", List.of(grant.name()));
      mailboxes(grant.email());
    }
    for (Invitation invitation : memberships.invitations(id)) {
      person("contact", List.of(invitation.name()));
      mailboxes(invitation.email());
    }
    // Last: a word of the customer's name is a person's whole name all the same, and none's part.
    wordsOf(onboarding.name());
    return this;
  }

  /** A person who acts now, and so stands in no event yet. */
  public PeopleFinder and(Actor acting) {
    actor(acting.name(), acting.role());
    return this;
  }

  /** Every mailbox that a value names. */
  public PeopleFinder mailboxesIn(JsonNode value) {
    if (value.isTextual()) {
      mailboxes(value.textValue());
    }
    value.properties().forEach(field -> mailboxes(field.getKey()));
    value.forEach(this::mailboxesIn);
    return this;
  }

  private void mailboxes(String text) {
    MailboxSearch.in(text).forEach(mailbox -> person("mailbox", List.of(mailbox)));
  }

  /** What personal elements name people by; what elements name things by becomes a word. */
  private List<List<String>> named(List<ElementRecord> elements, Checklist checklist) {
    List<List<String>> named = new ArrayList<>();
    for (ElementRecord given : elements) {
      checklist
          .element(given.id())
          .ifPresent(
              element -> {
                ElementTexts texts = new ElementTexts(given.value(), element.schema());
                texts.words().forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
                if (element.personal()) {
                  named.addAll(texts.names());
                }
              });
    }
    return named;
  }

  private void contact(List<String> texts) {
    texts.forEach(this::mailboxes);
    if (!MailboxSearch.isMailbox(texts.getFirst())) {
      person("contact", texts);
    }
  }

  private static Stream<String> titles(Checklist checklist) {
    return Stream.of(
            checklist.sections().stream().map(Checklist.Section::title),
            checklist.elements().map(Element::title),
            checklist
                .tasks()
                .flatMap(
                    task ->
                        Stream.concat(
                            Stream.of(task.title()), task.steps().stream().map(Step::title))))
        .flatMap(titles -> titles);
  }

  private void wordsOf(String text) {
    BETWEEN_WORDS.splitAsStream(text.toLowerCase(Locale.ROOT)).forEach(words::add);
  }

  private boolean isWord(String text) {
    return words.contains(text.toLowerCase(Locale.ROOT));
  }

  /** A person who acted, as the ledger names them: {@code name (subject)}, or the subject alone. */
  private void actor(String by, String role) {
    Matcher actor = ACTOR.matcher(by);
    person(
        role,
        actor.matches() ? List.of(by, actor.group("name"), actor.group("subject")) : List.of(by));
  }

  private void person(String kind, List<String> texts) {
    Set<String> wanted = new LinkedHashSet<>(texts);
    wanted.removeIf(
        text -> text.length() < SHORTEST || (isWord(text) && !MailboxSearch.isMailbox(text)));
    if (wanted.isEmpty() || known.containsAll(wanted) || aliases.contains(texts.getFirst())) {
      return;
    }
    if (known.contains(texts.getFirst())) {
      return;
    }
    wanted.removeAll(known);
    int number = numbers.merge(kind, 1, Integer::sum);
    add(new People.Person(kind + "-" + number, List.copyOf(wanted)));
  }

  private void add(People.Person person) {
    people.add(person);
    aliases.add(person.alias());
    known.addAll(person.known());
    String kind = person.alias().replaceFirst("-\\d+$", "");
    int number = Integer.parseInt(person.alias().substring(kind.length() + 1));
    numbers.merge(kind, number, Math::max);
  }

  /** Their aliases, with which texts are read and written. */
  public Aliases aliasesOf(People all) {
    return Aliases.of(all, words);
  }

  /** All of them, to be kept over the version that it began with. */
  public People people() {
    return new People(version, people);
  }
}
