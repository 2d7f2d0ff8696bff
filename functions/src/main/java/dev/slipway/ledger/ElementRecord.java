package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A value that a person gave for one element of the checklist. */
public record ElementRecord(String id, long version, JsonNode value, String by, Instant at) {}
