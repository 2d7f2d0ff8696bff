/**
 * Third-party cloud applications: whether they can be offered, and who is asked to migrate them.
 */
package dev.slipway.enterprise.thirdpartyapplications;
