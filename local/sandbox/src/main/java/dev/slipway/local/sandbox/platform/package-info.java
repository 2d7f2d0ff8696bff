/**
 * The application platform (Virtuozzo Application Platform, formerly Jelastic) as its
 * administrators and end users see it through the REST API. One class per area of methods.
 */
package dev.slipway.local.sandbox.platform;
