package dev.slipway.element;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Answer;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import java.util.Optional;

/** The context of one look: the probes, secrets and statements that it may use. */
public interface LookContext {
  /** The onboarding's id. */
  String onboarding();

  /**
   * The valid version of a credential that the element's {@code credentials} name; it is masked in
   * whatever the look answers.
   *
   * @param name such as {@code certificates}, or {@code certificates@uat} of several
   * @throws dev.slipway.credentials.SecretUnusable if it is gone
   */
  JsonNode secret(String name);

  /** Asks a probe runner inside the customer's network; empty until one has answered. */
  Optional<ProbeResult> probe(Probe probe);

  /** A person's statement about this look since the value was given; empty until then. */
  Optional<Answer> said();
}
