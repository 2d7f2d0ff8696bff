package dev.slipway.systems.platform;

/**
 * One external address of the platform's pool.
 *
 * @param address the address
 * @param region the region's name; empty when not reported
 * @param free whether no container has it
 */
public record ExternalIp(String address, String region, boolean free) {}
