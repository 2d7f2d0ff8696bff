/**
 * One customer as one file that people write: its template from a checklist, its reading with a
 * line for each mistake, and what it changes of an onboarding.
 */
package dev.slipway.local.customer;
