package dev.slipway.ledger;

import java.util.Optional;

/**
 * A task and its onboarding, read together. Neither is older than the request, but either may be
 * the older one.
 */
public record TaskWithin(Optional<Onboarding> onboarding, TaskRecord task) {}
