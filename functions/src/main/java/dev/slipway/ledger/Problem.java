package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The reason why a task cannot go on, for a person who can act on it.
 *
 * @param code the kind of problem, such as {@code smtp.authentication-failed}
 * @param system the system that showed it, such as {@code smtp}
 * @param field the element or credential to look at, such as {@code credential:smtp}; may be null
 * @param message what is wrong, in a sentence
 * @param nextStep what to do about it, in a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String code, String system, String field, String message, String nextStep) {}
