/**
 * The systems that bill a hosting provider's customers. WHMCS is spoken to by its documented API;
 * the others by no more than one harmless call, and what they are to do is a person's.
 */
package dev.slipway.systems.billing;
