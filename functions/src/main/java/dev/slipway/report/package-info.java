/** The report of an onboarding, line by line, with evidence: for sign-off and for the audit. */
package dev.slipway.report;
