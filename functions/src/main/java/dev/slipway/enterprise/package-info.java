/** The checklist enterprise-environment: what its sections share. */
package dev.slipway.enterprise;
