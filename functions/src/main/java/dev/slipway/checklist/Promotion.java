package dev.slipway.checklist;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The order in which instances are tried: those of {@code uat} before those of {@code production}.
 * A task that says {@code promote} waits for its twin, the instance with the same key otherwise.
 *
 * @param axis whose value differs between twins, such as {@code environment}
 * @param from the value of the first
 * @param to the value of the one that waits
 * @param acceptance a task without instances that stands between the two: it waits for all
 *     instances at {@code from} of the tasks that say {@code promote}, and all their instances at
 *     {@code to} wait for it; null: there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Promotion(String axis, String from, String to, String acceptance) {}
