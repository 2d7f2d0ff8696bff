package dev.slipway.checklist;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Party;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One piece of information that a person gives.
 *
 * @param id such as {@code mail-server}; of a credential, the system's name; unique within its kind
 * @param title for people
 * @param kind what is given
 * @param requirement whether it must be there before the section starts
 * @param condition JSONata over the elements; it is asked for only while that holds; null: always
 * @param party who gives it; null: the customer
 * @param row the row of the guide, such as M05, if the element is a line of the report; else null
 * @param per the dimension that it is given for each of; null: it is given once
 * @param parts what of it concerns an instance: a dimension to JSONata over the elements, such as
 *     {@code tenant: $lookup(tenants, $environment)[name = $tenant]}. A task reads the part of its
 *     own dimension, or the whole
 * @param asked when it is asked for
 * @param checks the pure checks of its value, by name
 * @param looks the looks that the section's gate takes at it, by name; only of a row
 * @param inputs the elements that its checks and looks read beside it
 * @param credentials the systems whose credentials they read
 * @param apart of a credential with an instance for each of two environments ({@link Promotion}),
 *     the fields that must not be the same in both, such as an app's id
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
    String row,
    String per,
    Map<String, String> parts,
    Asked asked,
    List<String> checks,
    List<String> looks,
    List<String> inputs,
    List<String> credentials,
    List<String> apart,
    JsonNode schema,
    String guidance,
    boolean personal) {
  private static final Duration BEFORE_START = Duration.ofDays(5);

  public Element {
    kind = kind == null ? Kind.VALUE : kind;
    requirement = requirement == null ? Requirement.MANDATORY : requirement;
    party = party == null ? Party.CUSTOMER : party;
    parts = parts == null ? Map.of() : Map.copyOf(parts);
    asked = asked == null ? Asked.BEFORE_START : asked;
    checks = checks == null ? List.of() : List.copyOf(checks);
    looks = looks == null ? List.of() : List.copyOf(looks);
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
    credentials = credentials == null ? List.of() : List.copyOf(credentials);
    apart = apart == null ? List.of() : List.copyOf(apart);
  }

  /** How long people have for the elements that a section needs before it starts. */
  public static Duration timeGiven() {
    return BEFORE_START;
  }

  /** Whether it is the one of this kind and id. */
  public boolean is(Kind wanted, String wantedId) {
    return kind == wanted && id.equals(wantedId);
  }

  /** Whether its checks and looks read another element or credential. */
  public boolean reads(Element other) {
    return (other.kind() == Kind.CREDENTIAL ? credentials : inputs).contains(other.id());
  }

  /** Whether the section's gate verifies it: a row that has a check or a look. */
  public boolean isVerified() {
    return row != null && !(checks.isEmpty() && looks.isEmpty());
  }

  /** Whether the section's gate waits for it. */
  public boolean isAwaitedByGate() {
    return requirement == Requirement.MANDATORY && per == null && asked == Asked.BEFORE_START;
  }

  /** The time at which an element is asked for. */
  public enum Asked {
    /** Before its section starts. */
    @JsonProperty("before-start")
    BEFORE_START,
    /** By the first task that reads it: a task has to make it first. */
    @JsonProperty("when-reached")
    WHEN_REACHED
  }

  /** The kind of value that a person gives. */
  public enum Kind {
    /** A JSON value, kept in the ledger. */
    @JsonProperty("value")
    VALUE,
    /** A secret, kept in Secrets Manager only. */
    @JsonProperty("credential")
    CREDENTIAL
  }
}
