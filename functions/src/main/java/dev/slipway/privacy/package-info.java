/**
 * Erasure: an onboarding loses its secrets and personal data at its end, and stays readable without
 * them.
 */
package dev.slipway.privacy;
