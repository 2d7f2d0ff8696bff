package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the rows of third parties' accounts have in common: an account that exists is looked at, a
 * new one is a person's; a thing that a task makes there is noted before and after, and one that
 * was there is adopted; a setting's old value is noted before it is changed; what a person enters
 * in the platform is entered again with other keys.
 *
 * <pre>{@code
 * VendorAccount account = new VendorAccount(work, "jira", "service-desk");
 * String id = account.ensure("organisation", () -> jira.organisation(name), () -> jira.create(name));
 * account.made("organisation").ifPresent(jira::remove);    // put back
 * }</pre>
 */
public final class VendorAccount {
  private final Work work;
  private final String system;
  private final String element;

  /**
   * @param system whose credential opens the account
   * @param element that says which account it is
   */
  public VendorAccount(Work work, String system, String element) {
    this.work = work;
    this.system = system;
    this.element = element;
  }

  /**
   * Takes the step {@code account}: of one that exists by a look, of a new one by a person, who
   * signs up.
   */
  public void account(Supplier<Finding> look) {
    if (work.element(element).path("account").asText().equals("existing")) {
      work.step("account").field(element).machine(look);
    } else {
      work.step("account").about(element).attested();
    }
  }

  /** The version of the credential, by which notes are told apart. */
  public String version() {
    return work.secretVersion(system);
  }

  /** What a person's statement of having entered the keys is about: these values, and the keys. */
  public About entered(String... paths) {
    return work.about(paths).and(system, version());
  }

  /**
   * Makes a thing with a natural key, unless it is there. One that was there before is adopted and
   * never put back; one that is found after this task began to make it counts as its own.
   *
   * @param name of the notes
   * @param look its id, if it is there
   * @param create makes it and answers its id
   */
  public String ensure(String name, Supplier<Optional<String>> look, Supplier<String> create) {
    Optional<String> present = look.get();
    boolean isOurs = work.remembered(Note.Kind.INTENT, name).isPresent() || present.isEmpty();
    if (!isOurs) {
      return present.get();
    }
    work.remember(Note.Kind.INTENT, name, Json.tree(work.now()));
    String id = present.orElseGet(() -> JsonApi.ensure(look, create));
    work.remember(Note.Kind.RESOURCE, name, Json.tree(id));
    return id;
  }

  /** The id of what {@link #ensure} has made, and not only found. */
  public Optional<String> made(String name) {
    return work.remembered(Note.Kind.RESOURCE, name).map(JsonNode::asText);
  }

  /**
   * Whether a setting has another value than it should; then its old one is noted, and it may be
   * changed.
   */
  public boolean isToChange(String name, String present, String wanted) {
    if (present.equals(wanted)) {
      return false;
    }
    work.remember(Note.Kind.PREVIOUS, name, Json.tree(present));
    return true;
  }

  /** The old value of a setting that this task has changed. */
  public Optional<String> before(String name) {
    return work.remembered(Note.Kind.PREVIOUS, name).map(JsonNode::asText);
  }
}
