package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A line of the audit trail: who did what, when, and why.
 *
 * @param id a ULID: sorts by time
 * @param at when
 * @param by the person, or the function that acted
 * @param role the person's role, or {@code system}
 * @param what happened, such as {@code task.committed}
 * @param subject the task, element or credential concerned; null for the onboarding itself
 * @param detail the new state or value in words, without secrets
 * @param why the reason given; null where none is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Event(
    String id,
    Instant at,
    String by,
    String role,
    String what,
    String subject,
    String detail,
    String why) {}
