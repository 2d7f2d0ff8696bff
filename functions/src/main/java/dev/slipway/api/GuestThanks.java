package dev.slipway.api;

import java.time.Instant;

/** What a guest is told of what was kept: nothing of other rows. */
record GuestThanks(Instant at) {}
