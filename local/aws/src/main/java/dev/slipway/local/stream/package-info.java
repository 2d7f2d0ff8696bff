/** Hands the changes of a table to the function that listens to them, as Lambda does. */
package dev.slipway.local.stream;
