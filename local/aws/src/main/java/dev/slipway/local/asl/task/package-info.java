/** The interface between an execution and the host that performs its tasks. */
package dev.slipway.local.asl.task;
