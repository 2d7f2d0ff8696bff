<<<<<<< HEAD
/** Tests of the interpreter that a recorded case cannot express: time, tokens, history, durability. */
=======
/**
 * Tests of the interpreter that a recorded case cannot express: time, tokens, history, durability.
 */
>>>>>>> asl
package dev.slipway.local.asl;
