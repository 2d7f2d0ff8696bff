/** Storage for backups: S3-compatible object storage and WebDAV. */
package dev.slipway.systems.storage;
