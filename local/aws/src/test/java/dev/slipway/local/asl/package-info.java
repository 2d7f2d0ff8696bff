/**
 * Tests of the interpreter that a recorded case cannot express: time, tokens, history, durability.
 */
package dev.slipway.local.asl;
