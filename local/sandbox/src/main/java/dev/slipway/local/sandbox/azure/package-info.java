/** A stand-in for Microsoft Entra's tokens and the Azure Resource Manager. */
package dev.slipway.local.sandbox.azure;
