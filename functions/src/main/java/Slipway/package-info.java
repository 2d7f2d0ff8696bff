/**
 * Errors that the state machines' Retry names. Lambda reports a Java exception by its class name,
 * so the package is called as the error's prefix is.
 */
package Slipway;
