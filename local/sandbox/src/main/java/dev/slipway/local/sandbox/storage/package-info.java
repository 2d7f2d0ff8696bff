/**
 * Stand-ins of storages for backups and uploads: an S3-compatible store, a WebDAV server, an NFS
 * export.
 */
package dev.slipway.local.sandbox.storage;
