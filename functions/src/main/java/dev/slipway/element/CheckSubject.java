package dev.slipway.element;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Element;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.systems.net.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The subject of a check: an element's value, or that of one of its instances, and the other
 * elements that the checklist lets its checks read. All of this is in the row's fingerprint, but
 * for the time.
 *
 * @param at where the instance stands, axis to value; empty for an element that is given once
 * @param value as it was given; missing for a credential
 * @param elements those that the element's {@code inputs} name, as the instance reads them; an
 *     element that was not given is absent
 * @param credentials those that its {@code credentials} name and that were given, by name
 * @param files the content of a file that was handed over, by its SHA-256 in hex
 * @param now the time
 */
public record CheckSubject(
    Element element,
    Map<String, String> at,
    JsonNode value,
    ObjectNode elements,
    Map<String, CredentialRecord> credentials,
    Function<String, Optional<Bytes>> files,
    Instant now) {
  public CheckSubject {
    at = Map.copyOf(at);
    credentials = Map.copyOf(credentials);
  }
}
