/** Time and events: schedules, EventBridge's rules and patterns, and the clock that all share. */
package dev.slipway.local.schedule;
