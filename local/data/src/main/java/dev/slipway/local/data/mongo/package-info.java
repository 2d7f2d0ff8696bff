/** The jobs on MongoDB, and on the files of {@code mongodump}. */
package dev.slipway.local.data.mongo;
