/**
 * The pages for people: portal and dashboard. One function, {@link dev.slipway.web.Web}, answers
 * them at the API's own origin; they call the API as anybody does, with the reader's own token. It
 * knows no ledger and holds no rights. See docs/portal.md.
 */
package dev.slipway.web;
