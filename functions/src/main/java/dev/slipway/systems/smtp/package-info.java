/** Mail servers: a small client that probes a submission server and can send a test message. */
package dev.slipway.systems.smtp;
