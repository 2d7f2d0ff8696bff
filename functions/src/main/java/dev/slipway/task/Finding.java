package dev.slipway.task;

/**
 * What a probe found, before it is stamped with time and place as evidence.
 *
 * @param probe what was done to find out
 * @param against what was looked at
 * @param answer what was answered
 */
public record Finding(String probe, String against, String answer) {}
