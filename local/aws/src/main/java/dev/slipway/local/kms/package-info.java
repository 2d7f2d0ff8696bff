/**
 * KMS, as far as signing needs it: keys of the curve P-256 that sign, kept in the data folder or in
 * memory.
 */
package dev.slipway.local.kms;
