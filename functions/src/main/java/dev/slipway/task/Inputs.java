package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.credentials.SecretUnusable;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.systems.net.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The inputs of one attempt: elements, files, and the credentials that were found valid. An input
 * that is missing ends the attempt with a wait for it. A secret that was read is masked in all
 * evidence from then on.
 */
final class Inputs {
  /** How an element is checked. */
  static final String CHECKED = "Its form is checked as it is saved.";

  private static final String TESTED = "It is tested against the system as it is stored.";

  private final AttemptContext surroundings;
  private final InstanceView place;
  private final Map<String, CredentialRecord> credentials;
  private final Asks asks;
  private final EvidenceLog log;
  private final Map<String, JsonNode> secrets = new HashMap<>();

  Inputs(
      AttemptContext surroundings,
      InstanceView place,
      Map<String, CredentialRecord> credentials,
      Asks asks,
      EvidenceLog log) {
    this.surroundings = surroundings;
    this.place = place;
    this.credentials = credentials;
    this.asks = asks;
    this.log = log;
  }

  JsonNode elements() {
    return place.elements();
  }

  Optional<JsonNode> optionalElement(String id) {
    return Optional.ofNullable(place.elements().get(id)).filter(value -> !value.isNull());
  }

  JsonNode element(String id) {
    InstanceView.Giver giver = place.giver(id);
    return optionalElement(id)
        .orElseThrow(
            () ->
                asks.input(
                    giver.party(), "Give the element `" + giver.name() + "`.", CHECKED, null));
  }

  Optional<Bytes> file(String sha256) {
    return surroundings.file(sha256);
  }

  /** The newest test of the credential in use; waits for one that is valid. */
  CredentialRecord tested(String system) {
    secret(system);
    return credentials.get(system);
  }

  /** Whether the task uses a credential for the system, valid or not. */
  boolean usesCredential(String system) {
    return credentials.containsKey(system);
  }

  boolean hasSecret(String system) {
    CredentialRecord known = credentials.get(system);
    return secrets.containsKey(system) || (known != null && known.validVersionId() != null);
  }

  /**
   * The credential of a system.
   *
   * @param choices fields whose values are no secrets, such as the provider's name
   */
  JsonNode secret(String system, String... choices) {
    return secrets.computeIfAbsent(system, name -> read(name, Set.of(choices)));
  }

  String secretVersion(String system) {
    secret(system);
    return credentials.get(system).validVersionId();
  }

  /**
   * The credential of a system that the task makes for itself, once; nobody gives it.
   *
   * @param make makes it, if there is none
   */
  JsonNode ownSecret(String system, Supplier<JsonNode> make) {
    if (!hasSecret(system)) {
      String name = place.giverOfCredential(system).name();
      String instance = name.equals(system) ? "" : name.substring(system.length() + 1);
      String version = surroundings.ownCredential(system, instance, make);
      JsonNode secret = surroundings.credential(name, version);
      log.hide(values(secret));
      secrets.put(system, secret);
    }
    return secret(system);
  }

  private JsonNode read(String system, Set<String> choices) {
    InstanceView.Giver giver = place.giverOfCredential(system);
    if (!hasSecret(system)) {
      throw asks.input(
          giver.party(),
          "Store a valid credential for `" + giver.name() + "`.",
          TESTED,
          Optional.ofNullable(credentials.get(system)).map(Inputs::refused).orElse(null));
    }
    CredentialRecord known = credentials.get(system);
    try {
      JsonNode secret = surroundings.credential(known.name(), known.validVersionId());
      log.hide(
          secret instanceof ObjectNode fields
              ? values(fields.deepCopy().remove(choices))
              : values(secret));
      return secret;
    } catch (SecretUnusable e) {
      if (giver.party() == Party.MACHINE) {
        throw new UnmetRequirement(
            "credential.gone",
            system,
            "credential:" + giver.name(),
            "The value that the task made for itself is deleted, or is scheduled for deletion: "
                + e.name()
                + ".",
            "Restore the secret in Secrets Manager; then retry.");
      }
      throw asks.input(
          giver.party(),
          "Store the credential for `" + giver.name() + "` again.",
          TESTED,
          new Problem(
              "credential.gone",
              system,
              "credential:" + system,
              "The value that was found valid is deleted, or is scheduled for deletion: "
                  + e.name()
                  + ".",
              "Store it again."));
    }
  }

  private static Problem refused(CredentialRecord known) {
    return new Problem(
        "credential." + known.grade().name().toLowerCase(Locale.ROOT),
        known.system(),
        "credential:" + known.system(),
        known.message(),
        "Store another value.");
  }

  private static List<String> values(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isValueNode()) {
      texts.add(node.asText());
    } else {
      node.forEach(child -> texts.addAll(values(child)));
    }
    return texts;
  }
}
