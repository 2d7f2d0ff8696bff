/** Tells people what waits for them: reminders, escalations, and events for other systems. */
package dev.slipway.notice;
