package dev.slipway.systems.prometheus;

/**
 * Something that Prometheus watches.
 *
 * @param job its job
 * @param address where it is read from
 * @param up whether the latest reading succeeded
 * @param lastError why not; empty when it did
 */
public record Target(String job, String address, boolean up, String lastError) {}
