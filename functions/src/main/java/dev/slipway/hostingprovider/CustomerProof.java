package dev.slipway.hostingprovider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.CustomerClient;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The proof that end customers can use a feature that was set up: tried with the test customer's
 * token, and without one, or where the platform does not offer that to machines, by a person who
 * states it.
 *
 * <p>A success is remembered before the test environment is removed, so that the trial is not
 * repeated after a crash; the environment's name is always the same, so that there is never a
 * second one.
 */
public final class CustomerProof {
  private static final String CUSTOMER = "test-customer";
  private static final String FIELD = "credential:" + CUSTOMER;
  private static final String PROOF = "proof:";

  /** Troubles after which a test environment stays for a person to remove. */
  private static final Set<Kind> LEFT_BEHIND =
      Set.of(Kind.NOT_PERMITTED, Kind.REJECTED, Kind.NOT_UNDERSTOOD);

  private final Work work;
  private final ThirdParties parties;
  private final String step;
  private final About about;
  private final String hash;

  /**
   * The proof of one step.
   *
   * @param step the step's id
   * @param about what the proof is for: other values need another proof
   */
  public CustomerProof(Work work, ThirdParties parties, String step, About about) {
    this.work = work;
    this.parties = parties;
    this.step = step;
    this.about = about;
    String version = work.hasSecret(CUSTOMER) ? work.secretVersion(CUSTOMER) : "";
    List<Object> all = List.of(work.onboarding(), step, about.values(), version);
    this.hash = Json.hash(Json.tree(all)).substring(0, 10);
  }

  /**
   * Tries it, or asks a person to.
   *
   * @param leftToPerson the kinds of trouble after which a person tries it instead
   * @param trial takes the client and a name of letters, digits and dashes for what it makes, says
   *     what it saw, and may be repeated
   */
  public void give(Set<Kind> leftToPerson, BiFunction<CustomerClient, String, String> trial) {
    give(leftToPerson, trial, customer -> "");
  }

  /** As {@link #give}, for a trial in an environment of the name given, which is removed after. */
  public void giveInEnvironment(
      Set<Kind> leftToPerson, BiFunction<CustomerClient, String, String> trial) {
    give(leftToPerson, trial, this::removed);
  }

  private void give(
      Set<Kind> leftToPerson,
      BiFunction<CustomerClient, String, String> trial,
      Function<CustomerClient, String> cleanUp) {
    if (!work.hasSecret(CUSTOMER)) {
      work.step(step).about(about).attested();
      return;
    }
    Optional<String> byPerson = remembered("by-person:");
    if (byPerson.isPresent()) {
      work.proof(FIELD, () -> finding("left to a person: " + byPerson.get()));
      work.step(step).about(about).attested();
      return;
    }
    CustomerClient customer = parties.customer(work);
    work.step(step)
        .about(about)
        .field(FIELD)
        .leftToPerson(leftToPerson)
        .machine(
            () -> {
              try {
                if (remembered(PROOF).isEmpty()) {
                  work.remember(Note.Kind.INTENT, "trial:" + name(), Json.tree(work.now()));
                  remember(PROOF, trial.apply(customer, name()));
                }
                return finding(remembered(PROOF).orElseThrow() + cleanUp.apply(customer));
              } catch (SystemTrouble trouble) {
                if (leftToPerson.contains(trouble.kind())) {
                  // An environment that a machine began is removed, and not begun again.
                  remember("by-person:", trouble.code());
                  remember("left-behind:", cleanUp.apply(customer));
                }
                throw trouble;
              }
            })
        .orAttested();
  }

  /** The proof given earlier; waits for it if there is none. */
  public void look() {
    remembered(PROOF)
        .ifPresentOrElse(
            saw -> work.proof(FIELD, () -> finding(saw)),
            () -> work.step(step).about(about).attested());
  }

  /** The name of what is made for the trial: the same at each attempt. */
  private String name() {
    return "slipway-" + step.substring(0, step.indexOf('-')) + "-" + hash;
  }

  private Optional<String> remembered(String what) {
    return work.remembered(Note.Kind.RESOURCE, what + name()).map(JsonNode::asText);
  }

  private void remember(String what, String value) {
    work.remember(Note.Kind.RESOURCE, what + name(), new TextNode(value));
  }

  private Finding finding(String saw) {
    // Tried once: a later look at the task does not make it younger.
    return new Finding(
        "as an end customer: " + step,
        CUSTOMER + " " + name(),
        saw,
        work.rememberedAt(Note.Kind.RESOURCE, PROOF + name()).orElse(null));
  }

  private String removed(CustomerClient customer) {
    try {
      if (customer.environment(name()).isPresent()) {
        customer.remove(name());
      }
      return "";
    } catch (SystemTrouble trouble) {
      if (!LEFT_BEHIND.contains(trouble.kind())) {
        throw trouble;
      }
      return "; remove the test environment " + name() + " by hand";
    }
  }
}
