package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.SecretUnusable;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Problem;
import dev.slipway.systems.net.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

  /** Whether the task uses a credential for the system, valid or not. */
  boolean usesCredential(String system) {
    return credentials.containsKey(system);
  }

  boolean hasSecret(String system) {
    CredentialRecord known = credentials.get(system);
    return known != null && known.validVersionId() != null;
  }

  JsonNode secret(String system) {
    return secrets.computeIfAbsent(system, this::read);
  }

  String secretVersion(String system) {
    secret(system);
    return credentials.get(system).validVersionId();
  }

  private JsonNode read(String system) {
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
      log.hide(values(secret));
      return secret;
    } catch (SecretUnusable e) {
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
