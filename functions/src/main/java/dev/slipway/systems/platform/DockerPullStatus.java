package dev.slipway.systems.platform;

/**
 * The platform's own latest test pull (it is cached for 600 s and takes a random published image).
 *
 * @param works whether it succeeded
 * @param answer the answer as it may be recorded
 */
public record DockerPullStatus(boolean works, String answer) {}
