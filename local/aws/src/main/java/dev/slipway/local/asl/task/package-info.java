/** What an execution asks of whoever performs its tasks. */
package dev.slipway.local.asl.task;
