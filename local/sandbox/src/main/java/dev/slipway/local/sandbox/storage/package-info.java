/** Where backups and uploads are kept: an S3-compatible store, a WebDAV server, an NFS export. */
package dev.slipway.local.sandbox.storage;
