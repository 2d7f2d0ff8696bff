package dev.slipway.checklist;

/**
 * The order in which instances are tried: those of {@code uat} before those of {@code production}.
 * A task that says {@code promote} waits for its twin, the instance with the same key otherwise.
 *
 * @param axis whose value differs between twins, such as {@code environment}
 * @param from the value of the first
 * @param to the value of the one that waits
 */
public record Promotion(String axis, String from, String to) {}
