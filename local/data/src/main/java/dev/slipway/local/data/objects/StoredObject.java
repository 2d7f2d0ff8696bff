package dev.slipway.local.data.objects;

/**
 * An object as a bucket has it.
 *
 * @param size in bytes
 * @param tag its ETag, without quotes
 */
record StoredObject(long size, String tag) {}
