/** What an onboarding loses at its end, and what stays readable without it. */
package dev.slipway.privacy;
