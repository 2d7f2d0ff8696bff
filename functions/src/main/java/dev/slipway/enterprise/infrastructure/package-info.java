/** The guide's section 1: the infrastructure, its addresses and certificates. */
package dev.slipway.enterprise.infrastructure;
