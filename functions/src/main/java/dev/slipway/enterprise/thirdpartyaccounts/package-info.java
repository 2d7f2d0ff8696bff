/** Accounts of third parties that the platform works with (M57–M60). */
package dev.slipway.enterprise.thirdpartyaccounts;
