/**
 * The systems that bill a hosting provider's customers. WHMCS is spoken to by its documented API;
 * the others by no more than one harmless call, and a person does the rest.
 */
package dev.slipway.systems.billing;
