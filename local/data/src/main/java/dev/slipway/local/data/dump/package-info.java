/** The files of a dump, on the runner's disk: rows, hashes, manifest. */
package dev.slipway.local.data.dump;
