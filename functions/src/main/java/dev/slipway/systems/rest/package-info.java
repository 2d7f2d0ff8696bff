/**
 * HTTP APIs that answer JSON: the calls, the ways to log in, and what the clients of vendors share.
 */
package dev.slipway.systems.rest;
