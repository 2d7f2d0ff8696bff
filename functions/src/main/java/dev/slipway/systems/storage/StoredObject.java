package dev.slipway.systems.storage;

/**
 * An object in a bucket.
 *
 * @param size in bytes
 * @param tag its ETag, without quotes
 */
public record StoredObject(long size, String tag) {}
