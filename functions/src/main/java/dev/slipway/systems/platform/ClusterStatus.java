package dev.slipway.systems.platform;

import java.util.Optional;

/**
 * The platform's view of itself.
 *
 * @param mailWorks what its own mail check says; empty when it was not asked for or not reported in
 *     a form that is understood
 * @param answer the answer as it may be recorded
 */
public record ClusterStatus(Optional<Boolean> mailWorks, String answer) {}
