/** Files in buckets of S3, whose keys the copied rows name. */
package dev.slipway.local.data.objects;
