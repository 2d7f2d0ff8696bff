package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.credentials.Grade;
import java.time.Instant;

/**
 * The record of a credential; the credential itself is in Secrets Manager only.
 *
 * @param system the third-party system
 * @param instance what it was given for, such as a tenant; empty when it is given once
 * @param version counts the writes
 * @param grade of the newest value
 * @param message what the system said of it, without secrets
 * @param latestVersionId the secret's newest version
 * @param validVersionId the newest version that was found valid, which handlers read; null before
 * @param retryAt when a test that was put off may be repeated; null otherwise
 * @param by who stored it
 * @param at when
 * @param apart a fingerprint of the valid version's fields that must not be the same in two
 *     environments; null where there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CredentialRecord(
    String system,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String instance,
    long version,
    Grade grade,
    String message,
    String latestVersionId,
    String validVersionId,
    Instant retryAt,
    String by,
    Instant at,
    String apart) {
  public CredentialRecord {
    instance = instance == null ? "" : instance;
  }

  /** One that may be the same everywhere. */
  public CredentialRecord(
      String system,
      String instance,
      long version,
      Grade grade,
      String message,
      String latestVersionId,
      String validVersionId,
      Instant retryAt,
      String by,
      Instant at) {
    this(
        system,
        instance,
        version,
        grade,
        message,
        latestVersionId,
        validVersionId,
        retryAt,
        by,
        at,
        null);
  }

  /** {@code smtp}, or {@code mnohub-tenant@uat.acme}; so its secret is called, too. */
  public String name() {
    return ElementRecord.name(system, instance);
  }
}
