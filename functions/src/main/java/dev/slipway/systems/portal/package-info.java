/** Web pages that people reach by a link, followed as a browser follows it. */
package dev.slipway.systems.portal;
