/**
 * Output for operators: log lines that say what they belong to, and the metrics that alarms watch.
 */
package dev.slipway.log;
