/**
 * One onboarding from a profile to its end: intake, plan, start, the people's scripted steps, and
 * the view that shows its progress. Everything goes through the HTTP API, as it would for real
 * people.
 */
package dev.slipway.local.run;
