package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.credentials.Grade;
import java.time.Instant;

/**
 * What is known of a credential; the credential itself is in Secrets Manager only.
 *
 * @param system the third-party system
 * @param version counts the writes
 * @param grade of the newest value
 * @param message what the system said of it, without secrets
 * @param latestVersionId the secret's newest version
 * @param validVersionId the newest version that was found valid, which handlers read; null before
 * @param retryAt when a test that was put off may be repeated; null otherwise
 * @param by who stored it
 * @param at when
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CredentialRecord(
    String system,
    long version,
    Grade grade,
    String message,
    String latestVersionId,
    String validVersionId,
    Instant retryAt,
    String by,
    Instant at) {}
