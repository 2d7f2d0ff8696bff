package dev.slipway.checklist;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Party;

/**
 * One piece of information that a person gives.
 *
 * @param id such as {@code mail-server}; of a credential, the system's name; unique within its kind
 * @param title for people
 * @param kind what is given
 * @param requirement whether it must be there before the section starts
 * @param condition JSONata over the elements; it is asked for only while that holds; null: always
 * @param party who gives it; null: the customer
 * @param schema JSON Schema (2020-12) of the value, or of a credential's fields
 * @param guidance what it is and where to find it, in our own words
 * @param personal whether its texts name people
 */
public record Element(
    String id,
    String title,
    Kind kind,
    Requirement requirement,
    String condition,
    Party party,
    JsonNode schema,
    String guidance,
    boolean personal) {
  public Element {
    kind = kind == null ? Kind.VALUE : kind;
    requirement = requirement == null ? Requirement.MANDATORY : requirement;
    party = party == null ? Party.CUSTOMER : party;
  }

  /** Whether it is the one of this kind and id. */
  public boolean is(Kind wanted, String wantedId) {
    return kind == wanted && id.equals(wantedId);
  }

  /** What is given. */
  public enum Kind {
    /** A JSON value, kept in the ledger. */
    @JsonProperty("value")
    VALUE,
    /** A secret, kept in Secrets Manager only. */
    @JsonProperty("credential")
    CREDENTIAL
  }
}
