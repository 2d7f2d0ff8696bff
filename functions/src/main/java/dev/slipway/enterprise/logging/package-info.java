/** The rows of the section Logging: M39 to M42, each for three vendors or for another system. */
package dev.slipway.enterprise.logging;
