/** Sidekiq, which works off the jobs of Ruby applications. */
package dev.slipway.systems.sidekiq;
